import { html, type VNode } from '../../design/html.ts';
import { emptyState } from '../../design/parts.ts';
import { start } from '../actions/session-actions.ts';
import { announcement } from '../announcer.ts';
import { handingOver, stopHandingOver } from '../handing-over.ts';
import { keys } from '../keyboard.ts';
import { type PageAddress, welcomeToken } from '../route.ts';
import { consentLeft } from '../state/consent-changes.ts';
import { pictureClosed } from '../state/picture-changes.ts';
import { unreachable } from '../state/session-changes.ts';
import type { Practice } from '../state/state.ts';
import {
  change,
  consentDialog,
  conversationId,
  entry,
  isIdleWarned,
  kept,
  largePicture,
  pageAddress,
  practice,
  session,
  writerId,
} from '../store.ts';
import { banner, noticeBar } from './bars.ts';
import { ContextPlace } from './context-place.ts';
import { Conversation } from './conversation.ts';
import {
  ConsentDialog,
  DemoStrip,
  HandOverDialog,
  IdleDialog,
  NoPractice,
  PagePane,
  PictureDialog,
  SignIn,
  SignInOver,
  Welcome,
} from './lazy-views.ts';
import { List } from './list.ts';
import { Rail } from './rail.ts';

export function App(): VNode {
  return html`
    ${screen()}
    <div class="visually-hidden" role="status" aria-live="polite">${announcement}</div>
  `;
}

function screen(): VNode {
  const current = entry.value;
  const token = welcomeToken(location);
  if (token !== null && current.phase !== 'unreachable')
    return html`<${Welcome} token=${token} otherwise=${splash()} onMissing=${notCome} />`;
  switch (current.phase) {
    case 'starting':
      return splash();
    case 'unreachable':
      return html`<main class="splash">
        <h1 class="visually-hidden">Offhook</h1>
        ${emptyState('wifi', 'No connection', current.message, html`<button class="button" onClick=${() => void start()}>Try again</button>`)}
      </main>`;
    case 'signed-out':
      return kept.value === null
        ? html`<${SignIn} note=${current.note} otherwise=${splash()} onMissing=${notCome} />`
        : html`<${SignInOver} key="over" note=${current.note} onMissing=${notCome} />${shell(kept.value.practice, kept.value.page)}`;
    case 'signed-in':
      return practice.value === null
        ? html`<${NoPractice} otherwise=${splash()} onMissing=${notCome} />`
        : html`${null}${shell(practice.value, current.session.passkey === 'needed' ? ACCOUNT : pageAddress.value)}`;
  }
}

function splash(): VNode {
  return html`<main class="splash" aria-busy="true"><h1 class="visually-hidden">Offhook is starting</h1><img src="/favicon.svg" alt="" width="48" height="48" /></main>`;
}

/** What the whole screen was to show. */
function notCome(): void {
  change(unreachable, 'Offhook could not be loaded. Check the connection and try again.');
}

/** All that is to be seen of somebody who needs a passkey and has none. */
const ACCOUNT: PageAddress = { name: 'account', path: [], search: '' };

/** The same parts in the same places while nobody is signed in: a page that is kept goes on as it was. */
function shell(current: Practice, address: PageAddress | null): VNode {
  const screenName = address ? 'page' : conversationId.value === null ? 'list' : 'conversation';
  return html`
    ${
      address
        ? html`<a class="skip-link" href="#page">Skip to the page</a>`
        : html`<a class="skip-link" href="#list">Skip to the conversations</a>
            ${conversationId.value === null ? null : html`<a class="skip-link" href="#conversation-title">Skip to the open conversation</a>`}`
    }
    <div class="shell" data-screen=${screenName} hidden=${session.value === null}>
      ${session.value?.environment === 'demo' ? html`<${DemoStrip} />` : null}
      ${banner()}
      <${Rail} />
      ${
        address
          ? html`<${PagePane} key=${`${writerId.value} ${current.id} ${address.name}`} practice=${current} address=${address} otherwise=${html`<main class="page" id="page" aria-busy="true"></main>`} onMissing=${notCome} />`
          : inbox(current.name)
      }
      ${noticeBar()}
    </div>
    ${keys.value && html`<${keys.value.Shown} />`}
    <${ConsentDialog} isWanted=${consentDialog.value !== null} onMissing=${() => change(consentLeft)} />
    <${HandOverDialog} isWanted=${handingOver.value !== null} onMissing=${stopHandingOver} />
    <${PictureDialog} isWanted=${largePicture.value !== null} onMissing=${() => change(pictureClosed)} />
    <${IdleDialog} isWanted=${isIdleWarned.value} />
  `;
}

function inbox(practiceName: string): VNode {
  return html`<main class="panes" key="inbox">
    <h1 class="visually-hidden">Inbox of ${practiceName}</h1>
    <${List} />
    <${Conversation} />
    <${ContextPlace} />
  </main>`;
}
