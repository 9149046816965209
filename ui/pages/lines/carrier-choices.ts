import type { CarrierName } from '../../../src/domain/calls/firing.ts';
import type { CarrierOffer } from '../../../src/domain/practice/line-settings.ts';
import { choices } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { session } from '../../shell/page.ts';
import { CARRIER_WORDS } from './carrier-words.ts';

/** Only carriers that this deployment knows how to reach. */
export function carrierChoices(
  carriers: CarrierOffer[],
  chosen: CarrierName | null,
  choose: (name: CarrierName) => void,
): VNode | null {
  const ready = carriers.filter(({ name, missing }) => missing.length === 0 || name === chosen);
  if (ready.length === 0) return null;
  return choices(
    'carrier',
    'Who carries its texts',
    ready.map(({ name }) => ({ value: name, ...CARRIER_WORDS[name] })),
    chosen ?? ('' as CarrierName),
    choose,
  );
}

/** What stands between the others and being chosen: names of settings, never what is in them. */
export function missingOf(carriers: CarrierOffer[]): VNode | null {
  const { environment = 'local' } = session.value ?? {};
  const others = carriers.filter(({ missing }) => missing.length > 0);
  if (others.length === 0) return null;
  return html`<details class="missing">
    <summary>Other carriers are not set up here yet</summary>
    ${
      environment === 'local'
        ? html`<p class="field__help">On this machine phones are simulated. Real carriers belong to a deployment, whose settings these are:</p>`
        : html`<p class="field__help">Whoever runs this deployment sets these, once for all lines. PUBLIC_ORIGIN is where it is reached, such as https://texts.clinic.example; the others are what the carrier gave you.</p>
            <div class="code"><code>npx wrangler secret put NAME --env ${environment}</code></div>`
    }
    <dl class="facts">
      ${others.map(({ name, missing }) => html`<dt key=${`${name} name`}>${CARRIER_WORDS[name].label}</dt><dd key=${name}>${missing.map((one) => html`<code key=${one}>${one}</code> `)}</dd>`)}
    </dl>
  </details>`;
}
