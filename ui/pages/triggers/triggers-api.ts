import type { ManagedTrigger } from '../../../src/domain/managed-trigger.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

export interface LineToSetUp {
  id: string;
  name: string;
  /** E.164. */
  number: string;
}

export interface Triggers {
  triggers: ManagedTrigger[];
  lines: LineToSetUp[];
}

export function triggersOf(practiceId: string): Promise<Answer<Triggers>> {
  return request<Triggers>('GET', `${practicePath(practiceId)}/triggers`);
}
