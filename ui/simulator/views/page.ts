import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { turnSound } from '../actions.ts';
import { announcement, state } from '../store.ts';
import { icon } from './icon.ts';
import { phone } from './phone.ts';
import { phoneSystem } from './phone-system.ts';
import { ThisPhone } from './this-phone.ts';

export function Page(): VNode {
  return html`
    <main class="page">
      <header class="intro">
        <p class="brand"><img src="/favicon.svg" alt="" width="28" height="28" />Offhook</p>
        <h1>Be the caller.</h1>
        <p class="intro__lead">
          Call a clinic, wait on hold as long as you can bear it, then carry on by text. Everything but the
          phone is real.
        </p>
        <ol class="steps">
          <li><span><strong>Call</strong> one of the lines on the phone.</span></li>
          <li><span><strong>Press 5</strong> when it is offered, or just <strong>hang up</strong>.</span></li>
          <li><span><strong>Answer</strong> the text that arrives.</span></li>
        </ol>
        <a class="button button--primary intro__inbox" href="/" target="offhook-inbox" rel="noopener">
          Open the inbox ${icon('elsewhere')}
          <span class="visually-hidden">(opens another window)</span>
        </a>
      </header>
      <section class="stage" aria-label=${`Phone with the number ${formatNumber(`+1${state.value.number}`)}`}>
        ${phone()} ${soundSwitch()}
      </section>
      <div class="beside">
        <${ThisPhone} />
        ${phoneSystem()}
      </div>
    </main>
    <div class="visually-hidden" role="status" aria-live="polite">${announcement.value}</div>
  `;
}

function soundSwitch(): VNode {
  const { isSoundOn } = state.value;
  return html`<button
    type="button"
    class="sound-switch"
    aria-pressed=${String(isSoundOn)}
    onClick=${() => turnSound(!isSoundOn)}
  >
    ${icon(isSoundOn ? 'sound' : 'no-sound')} Sound
  </button>`;
}
