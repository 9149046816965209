import type { WaitingSettings } from '../../../src/domain/waiting/waiting-settings.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

export interface Stored {
  settings: WaitingSettings;
  version: number;
}

export function waitingApi(practiceId: string) {
  const path = `${practicePath(practiceId)}/waiting`;
  return {
    get: (): Promise<Answer<Stored>> => request('GET', path, undefined, { parts: 'settings' }),
    set: (settings: WaitingSettings, version: number): Promise<Answer<Stored>> =>
      request('PUT', path, { settings, version }),
  };
}

export type WaitingApi = ReturnType<typeof waitingApi>;
