import type { LineToSetUp, ManagedTrigger } from '../../../src/domain/triggers/managed-trigger.ts';
import { notify, type PageProps } from '../../shell/page.ts';
import type { TriggerChange, TriggersApi } from './triggers-api.ts';

/** What every part of a trigger's own page is given. */
export interface Opened {
  practice: PageProps['practice'];
  trigger: ManagedTrigger;
  line: LineToSetUp;
  /** The triggers of the same line and use case, this one among them: its languages. */
  languages: ManagedTrigger[];
  /** E.164, of the whole practice. */
  ownNumbers: string[];
  api: TriggersApi;
  /** The trigger as the server has it now. */
  changed: (trigger: ManagedTrigger) => void;
  /** Somebody else changed something: look again at all of it. */
  reload: () => Promise<void>;
}

export type Saved = { is: 'saved' } | { is: 'conflict' } | { is: 'refused'; message: string };

/** `done` is said where it worked. */
export async function save(
  { api, trigger, changed, reload }: Opened,
  change: TriggerChange,
  expected: TriggerChange,
  done: string,
): Promise<Saved> {
  const answer = await api.change(trigger.id, change, expected);
  if (answer.ok) {
    changed(answer.value.trigger);
    notify(done);
    return { is: 'saved' };
  }
  if (answer.status === 409 && answer.code === 'changed-meanwhile') {
    await reload();
    return { is: 'conflict' };
  }
  return { is: 'refused', message: answer.message };
}
