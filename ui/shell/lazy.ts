import { html, type VNode } from '../design/html.ts';
import { useFetched } from '../design/use-fetched.ts';

type View = () => VNode | null;

/** What few people ever see is fetched when it is first shown. Until then, and where it does not come, `otherwise`. */
export function Lazy({
  load,
  otherwise,
}: {
  load: () => Promise<View>;
  otherwise: VNode | null;
}): VNode | null {
  const fetched = useFetched(true, load);
  return fetched.is === 'there' ? html`<${fetched.View} />` : otherwise;
}
