import { html, type VNode } from '../../design/html.ts';
import { emptyState } from '../../design/parts.ts';
import { Lazy } from '../../shell/lazy.ts';
import { PagePane } from '../../shell/page-pane.ts';
import { signOut, start } from '../actions/session-actions.ts';
import { announcement } from '../announcer.ts';
import type { PageAddress } from '../route.ts';
import type { Practice } from '../state/state.ts';
import { conversationId, entry, kept, pageAddress, practice, session, writerId } from '../store.ts';
import { connectionBanner, noticeBar } from './bars.ts';
import { ConsentDialog } from './consent-dialog.ts';
import { Conversation } from './conversation.ts';
import { IdleDialog, ShortcutsDialog } from './dialogs.ts';
import { LazyWelcome, welcomeToken } from './lazy-welcome.ts';
import { List } from './list.ts';
import { PictureDialog } from './picture-dialog.ts';
import { Rail } from './rail.ts';
import { SignIn, SignInOver } from './sign-in.ts';

export function App(): VNode {
  return html`
    ${screen()}
    <div class="visually-hidden" role="status" aria-live="polite">${announcement}</div>
  `;
}

function screen(): VNode {
  const token = welcomeToken();
  if (token !== null) return html`<${LazyWelcome} token=${token} />`;
  const current = entry.value;
  switch (current.phase) {
    case 'starting':
      return html`<main class="splash" aria-busy="true"><h1 class="visually-hidden">Offhook is starting</h1><img src="/favicon.svg" alt="" width="48" height="48" /></main>`;
    case 'unreachable':
      return html`<main class="splash">
        <h1 class="visually-hidden">Offhook</h1>
        ${emptyState('wifi', 'No connection', current.message, html`<button class="button" onClick=${() => void start()}>Try again</button>`)}
      </main>`;
    case 'signed-out':
      return kept.value === null
        ? html`<${SignIn} note=${current.note} />`
        : html`<${SignInOver} key="over" note=${current.note} />${shell(kept.value.practice, kept.value.page)}`;
    case 'signed-in':
      return practice.value === null
        ? noPractice()
        : html`${null}${shell(practice.value, current.session.passkey === 'needed' ? ACCOUNT : pageAddress.value)}`;
  }
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
        : html`<a class="skip-link" href="#list">Skip to the conversations</a>`
    }
    <div class="shell" data-screen=${screenName} hidden=${session.value === null}>
      ${session.value?.environment === 'demo' ? html`<${Lazy} load=${demoStrip} otherwise=${null} />` : null}
      ${connectionBanner()}
      <${Rail} />
      ${
        address
          ? html`<${PagePane} key=${`${writerId.value} ${current.id} ${address.name}`} practice=${current} address=${address} />`
          : inbox(current.name)
      }
      ${noticeBar()}
    </div>
    <${ShortcutsDialog} />
    <${ConsentDialog} />
    <${PictureDialog} />
    <${IdleDialog} />
  `;
}

function inbox(practiceName: string): VNode {
  return html`<main class="panes" key="inbox">
    <h1 class="visually-hidden">Inbox of ${practiceName}</h1>
    <${List} />
    <${Conversation} />
  </main>`;
}

const demoStrip = async () => (await import('../../shell/demo-strip.ts')).DemoStrip;
const firstPractice = async () => (await import('../../shell/first-practice.ts')).FirstPractice;

function noPractice(): VNode {
  const { practices = [], staff } = session.value ?? {};
  const links = html`<ul class="plain-list">
    ${practices.map(({ id, name }) => html`<li key=${id}><a data-inbox href=${`/${encodeURIComponent(id)}`}>${name}</a></li>`)}
  </ul>`;
  const leave = html`<button type="button" class="button" onClick=${() => void signOut()}>Sign out</button>`;
  const nothing = html`<main class="splash">
    <h1 class="visually-hidden">Offhook</h1>
    ${
      practices.length === 0
        ? emptyState(
            'inbox',
            'No practice yet',
            'You do not belong to a practice. Ask an admin to add you to one.',
            leave,
          )
        : emptyState(
            'inbox',
            'There is nothing here that you can see',
            'Choose one of your practices:',
            links,
          )
    }
  </main>`;
  return practices.length === 0 && staff?.isAdmin
    ? html`<${Lazy} load=${firstPractice} otherwise=${null} />`
    : nothing;
}
