import { computed, type ReadonlySignal } from '@preact/signals';
import { INBOX_VIEWS, type InboxView } from '../../../src/domain/inbox/inbox-view.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { avatar, badge, closeMenu, hidden } from '../../design/parts.ts';
import { PAGE_NAMES, type PageName } from '../../shell/page-names.ts';
import { admins, PAGES } from '../../shell/pages.ts';
import { pageHref, viewHref } from '../actions/navigation.ts';
import { callBacks, counts, pageAddress, practice, present, query, session, view } from '../store.ts';
import { VIEW_ICONS } from '../view-icons.ts';
import { VIEW_WORDS } from '../words.ts';
import { Mentions, PersonMenu } from './lazy-views.ts';

/** Practice, views, who is here, me. Beside the list on a wide screen, a drawer on others. */
export function Rail(): VNode | null {
  const current = session.value;
  if (current === null) return null;
  const isTrial = current.environment !== 'production';
  return html`<header class="rail" id="rail" popover="auto">
    <div class="rail__top">
      ${practiceSwitch()}
      <button type="button" class="icon-button rail__close" aria-label="Close the menu" popovertarget="rail" popovertargetaction="hide">
        ${icon('close')}
      </button>
    </div>
    <nav class="rail__views" aria-label="Views">
      <ul>
        ${LINKS.map((link) => html`<li key=${link.name}><${ViewLink} ...${link} /></li>`)}
        <li key="call-backs">${pageLink('call-backs')}</li>
      </ul>
      <${Mentions} />
    </nav>
    ${pages()}
    <div class="rail__foot">
      ${
        isTrial
          ? html`<div class="rail__trial">
              ${badge(current.environment === 'local' ? 'Local' : 'Demo', 'accent')}
              <a href="/simulator" target="_blank" rel="noreferrer noopener">${icon('phone')}Open the handset${hidden(' (new tab)')}</a>
            </div>`
          : null
      }
      ${presence()} ${personButton(current.staff.name)} <${PersonMenu} staff=${current.staff} />
    </div>
  </header>`;
}

function practiceSwitch(): VNode {
  const practices = session.value?.practices ?? [];
  const name = practice.value?.name ?? '';
  const mark = html`<img src="/favicon.svg" alt="" width="24" height="24" />`;
  if (practices.length < 2) return html`<p class="rail__practice">${mark}<span>${name}</span></p>`;
  return html`<button type="button" class="rail__practice rail__practice--switch" popovertarget="practices">
      ${mark}<span>${name}</span>${hidden(', switch practice')}${icon('down')}
    </button>
    <div class="menu" id="practices" popover="auto" role="group" aria-label="Practices">
      ${practices.map(
        ({ id, name: other }) => html`<a
          class="menu__item"
          key=${id}
          data-inbox
          href=${`/${encodeURIComponent(id)}`}
          aria-current=${id === practice.value?.id ? 'true' : undefined}
          onClick=${closeMenu}
        >
          <span class="menu__label">${other}</span>${id === practice.value?.id ? icon('check') : null}
        </a>`,
      )}
    </div>`;
}

interface Link {
  name: InboxView;
  isCurrent: ReadonlySignal<boolean>;
  count: ReadonlySignal<number>;
}

const LINKS = INBOX_VIEWS.map((name) => ({
  name,
  isCurrent: computed(() => pageAddress.value === null && view.value === name && query.value === ''),
  count: computed(() => (name === 'done' ? 0 : (counts.value?.[name] ?? 0))),
}));

/** Drawn anew when it changes itself, not with every conversation that is opened or counted elsewhere. */
function ViewLink({ name, isCurrent, count }: Link): VNode {
  return html`<a
    class="view-link"
    data-inbox
    href=${viewHref(name)}
    aria-current=${isCurrent.value ? 'page' : undefined}
    onClick=${closeMenu}
  >
    ${icon(VIEW_ICONS[name])}<span class="view-link__name">${VIEW_WORDS[name]}</span>
    ${count.value === 0 ? null : html`<span class="view-link__count" data-strong=${String(name === 'needs-reply')}>${hidden(', ')}${count.value.toLocaleString('en-US')}</span>`}
  </a>`;
}

/** Work like that in the views, and one's own. */
const ELSEWHERE: ReadonlySet<PageName> = new Set(['call-backs', 'account']);

/** What sets the practice up, and what is seen of its telephone; then what holds for all practices. */
function pages(): VNode[] {
  const role = practice.value?.role;
  const names = PAGE_NAMES.filter((name) => role && !ELSEWHERE.has(name) && PAGES[name].isFor(role));
  const ofAll = names.filter((name) => PAGES[name].isFor === admins);
  const ofPractice = names.filter((name) => !ofAll.includes(name));
  return [...pageGroup('Practice', ofPractice), ...pageGroup('All practices', ofAll)];
}

function pageGroup(heading: string, names: readonly PageName[]): VNode[] {
  if (names.length === 0) return [];
  const id = `rail-${names[0]}`;
  return [
    html`<nav class="rail__pages" key=${id} aria-labelledby=${id}>
      <h2 class="rail__group" id=${id}>${heading}</h2>
      <ul>
        ${names.map((name) => html`<li key=${name}>${pageLink(name)}</li>`)}
      </ul>
    </nav>`,
  ];
}

function pageLink(name: PageName): VNode {
  const isCurrent = pageAddress.value?.name === name;
  return html`<a class="view-link" data-inbox href=${pageHref({ name })} aria-current=${isCurrent ? 'page' : undefined} onClick=${closeMenu}>
    ${icon(PAGES[name].icon)}<span class="view-link__name">${PAGES[name].label}</span>
    ${name === 'call-backs' && callBacks.value > 0 ? html`<span class="view-link__count" data-strong="true">${hidden(', ')}${callBacks.value.toLocaleString('en-US')}</span>` : null}
  </a>`;
}

function presence(): VNode | null {
  const others = present.value.filter(({ id }) => id !== session.value?.staff.id);
  if (others.length === 0) return null;
  const shown = others.slice(0, 5);
  return html`<div class="presence" role="group" aria-label="Also here">
    <span class="presence__label" aria-hidden="true">Also here</span>
    <ul>
      ${shown.map(({ id, name }) => html`<li key=${id}>${avatar(name, '')}</li>`)}
      ${others.length > shown.length ? html`<li class="presence__more">+${others.length - shown.length}</li>` : null}
    </ul>
  </div>`;
}

function personButton(name: string): VNode {
  return html`<button type="button" class="person" popovertarget="person-menu">
    ${avatar(name, '')}<span class="person__name" aria-hidden="true">${name}</span>${hidden(', your menu')}${icon('down')}
  </button>`;
}
