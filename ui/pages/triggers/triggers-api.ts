import type { LineToSetUp, ManagedTrigger } from '../../../src/domain/managed-trigger.ts';
import type { Recipe } from '../../../src/domain/recipe.ts';
import type { TriggerRules } from '../../../src/domain/trigger-rules.ts';
import type { UseCase } from '../../../src/domain/use-case.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

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
    revoke: (id: string) => request<null>('POST', `${path(id)}/revoke`),
  };
}

export type TriggersApi = ReturnType<typeof triggersApi>;
