import type { ActivityPage } from '../../../src/domain/activity/activity-entry.ts';
import type { LineToSetUp, ManagedTrigger } from '../../../src/domain/triggers/managed-trigger.ts';
import type { Recipe } from '../../../src/domain/triggers/recipe.ts';
import type { TriggerRules } from '../../../src/domain/triggers/trigger-rules.ts';
import type { UseCase } from '../../../src/domain/triggers/use-case.ts';
import type { WouldHappen } from '../../design/would-happen-words.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';
import type { Trace } from './trace.ts';

export interface Triggers {
  triggers: ManagedTrigger[];
  lines: LineToSetUp[];
}

export interface TriggerChange {
  text?: string;
  isOn?: boolean;
  phoneSystem?: string | null;
  rules?: Partial<TriggerRules>;
}

export interface Trial {
  status: number;
  /** What a phone system would get. */
  answer: { result?: string; reason?: string; until?: string; error?: { message: string } } | null;
  /** Null where it was not recorded in time. */
  activityId: string | null;
}

type One = Promise<Answer<{ trigger: ManagedTrigger }>>;

/** What the page asks of a practice's triggers. */
export function triggersApi(practiceId: string) {
  const all = `${practicePath(practiceId)}/triggers`;
  const path = (id: string) => `${all}/${encodeURIComponent(id)}`;
  return {
    list: () => request<Triggers>('GET', all),
    add: (trigger: { line: string; useCase: UseCase; language: string }): One =>
      request('POST', all, trigger),
    /** `expected` is what was seen of what is changed. */
    change: (id: string, change: TriggerChange, expected: TriggerChange): One =>
      request('PATCH', path(id), { ...change, expected }),
    address: (id: string) => request<{ url: string }>('GET', `${path(id)}/address`),
    rotate: (id: string, expected: string): One => request('POST', `${path(id)}/rotate`, { expected }),
    recipes: (id: string) => request<{ recipes: Recipe[] }>('GET', `${path(id)}/recipes`),
    test: (id: string, number: string, dryRun: boolean) =>
      request<Trial>('POST', `${path(id)}/test`, { number, dryRun }),
    trace: (activityId: string) =>
      request<Trace>('GET', `${practicePath(practiceId)}/activity/${encodeURIComponent(activityId)}`),
    /** The newest calls of one trigger. */
    activity: (id: string) =>
      request<ActivityPage>('GET', `${practicePath(practiceId)}/activity?trigger=${encodeURIComponent(id)}`),
    wouldHappen: (id: string, at: number) =>
      request<WouldHappen>('GET', `${path(id)}/what-would-happen?at=${at}`),
    testProof: (id: string) =>
      request<{ proof: string; testedAt: number; expiresAt: number }>('POST', `${path(id)}/test-proof`),
    goLive: (id: string, word: { proof: string } | { override: true; reason: string }): One =>
      request('POST', `${path(id)}/go-live`, word),
    revoke: (id: string) => request<null>('POST', `${path(id)}/revoke`),
  };
}

export type TriggersApi = ReturnType<typeof triggersApi>;
