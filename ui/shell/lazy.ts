import { signal } from '@preact/signals';
import { html, useEffect, type VNode } from '../design/html.ts';
import { partMissing } from './missing-part.ts';

type View<Props> = (props: Props) => VNode | null;

interface Wanting {
  /** Not fetched until then. Once there it stays, as a dialog that closes has to. */
  isWanted?: boolean;
  /** Until it has come, and where it does not. */
  otherwise?: VNode | null;
  /** It was wanted, and did not come. */
  onMissing?: () => void;
}

interface LazyView<Props> {
  (props: Props & Wanting): VNode | null;
  /** From then on it is drawn at once. */
  fetch: () => Promise<void>;
  /** Called, not rendered, where it is drawn many times over: nothing until it has come, and nothing fetches it. */
  ifFetched: (props: Props) => VNode | null;
}

/**
 * A view that the first list does not need: its script is fetched when it is first wanted, and mostly is there by
 * then, because main.ts fetches the common ones as soon as the browser has nothing to do.
 */
export function lazy<Props extends object>(load: () => Promise<View<Props>>): LazyView<Props> {
  const fetched = signal<{ View: View<Props> } | null>(null);

  async function fetch(): Promise<void> {
    fetched.value ??= { View: await load() };
  }

  function Lazy({ isWanted = true, otherwise = null, onMissing, ...props }: Props & Wanting): VNode | null {
    useEffect(() => {
      if (!isWanted || fetched.peek() !== null) return;
      fetch().catch(() => {
        onMissing?.();
        void partMissing();
      });
    }, [isWanted]);
    return fetched.value === null ? otherwise : html`<${fetched.value.View} ...${props} />`;
  }

  function ifFetched(props: Props): VNode | null {
    return fetched.value && html`<${fetched.value.View} ...${props} />`;
  }

  return Object.assign(Lazy, { fetch, ifFetched });
}
