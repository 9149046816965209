import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import { html, type VNode } from '../../design/html.ts';
import { useFetched } from '../../design/use-fetched.ts';

interface Overtaking {
  mine: HoursSetting;
  /** Null where somebody took them away. */
  theirs: HoursSetting | null;
  take: () => void;
  keep: () => void;
}

/** Somebody else came first: both are shown, and nothing is lost until one is chosen. */
export function Overtaken({ mine, theirs, take, keep }: Overtaking): VNode {
  const fetched = useFetched(true, async () => (await import('./differences.ts')).Differences);
  return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
    <div>
      <h2 id="overtaken-title" tabindex="-1">Somebody else changed these hours meanwhile</h2>
      ${theirs === null ? html`<p>They took away the hours of this line: it goes by the practice now.</p>` : null}
      ${theirs !== null && fetched.is === 'there' ? html`<${fetched.View} mine=${mine} theirs=${theirs} />` : null}
      ${theirs !== null && fetched.is === 'failed' ? html`<p>What is different could not be shown. Check the connection.</p>` : null}
      <div class="form__actions">
        <button type="button" class="button" onClick=${take}>Take theirs</button>
        <button type="button" class="button" onClick=${keep}>Save mine over it</button>
      </div>
    </div>
  </section>`;
}
