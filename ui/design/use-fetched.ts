import { useSignal } from '@preact/signals';
import { useEffect } from './html.ts';

export type Fetched<View> = { is: 'coming' } | { is: 'there'; View: View } | { is: 'failed' };

/** A part of a page that most visits do without: its script is fetched when it is first wanted. */
export function useFetched<View>(isWanted: boolean, load: () => Promise<View>, known?: View): Fetched<View> {
  const fetched = useSignal<Fetched<View>>(
    known === undefined ? { is: 'coming' } : { is: 'there', View: known },
  );
  useEffect(() => {
    if (!isWanted || fetched.peek().is === 'there') return;
    load().then(
      (View) => {
        fetched.value = { is: 'there', View };
      },
      () => {
        fetched.value = { is: 'failed' };
      },
    );
  }, [isWanted]);
  return fetched.value;
}
