import { useSignal } from '@preact/signals';
import { useEffect } from '../../design/html.ts';
import type { Opened } from './opened.ts';

/** When the address before the last one was called, of what the newest calls tell. `at` is null where none was to it. */
export type OldUse = { is: 'unknown' } | { is: 'known'; at: number | null };

export function useOldUse({ api, trigger }: Opened): OldUse {
  const use = useSignal<OldUse>({ is: 'unknown' });
  const until = trigger.address.previousUntil;
  useEffect(() => {
    use.value = { is: 'unknown' };
    if (until === null) return;
    void api.activity(trigger.id).then((answer) => {
      if (!answer.ok) return;
      const last = answer.value.activity.find(({ isOldAddress }) => isOldAddress);
      use.value = { is: 'known', at: last?.at ?? null };
    });
  }, [until]);
  return use.value;
}
