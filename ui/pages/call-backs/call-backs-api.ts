import type { CallBack, CallBackState } from '../../../src/domain/calls/call-back.ts';
import type { CallBackChange } from '../../../src/domain/calls/call-back-rules.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

export interface CallBacksAnswer {
  callBacks: CallBack[];
  nextCursor: string | null;
}

export function callBackPage(
  practiceId: string,
  state: CallBackState,
  cursor: string | null,
): Promise<Answer<CallBacksAnswer>> {
  const search = new URLSearchParams({ state, ...(cursor === null ? {} : { cursor }) });
  return request<CallBacksAnswer>('GET', `${practicePath(practiceId)}/call-backs?${search}`, undefined, {
    parts: 'callBacks*',
  });
}

export function changeCallBack(
  practiceId: string,
  id: string,
  change: CallBackChange,
): Promise<Answer<{ callBack: CallBack }>> {
  return request('PATCH', `${practicePath(practiceId)}/call-backs/${encodeURIComponent(id)}`, change);
}
