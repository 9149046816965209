import { useSignal } from '@preact/signals';
import type { OwnWaysIn } from '../../../src/domain/people/passkeys.ts';
import type { OwnSession } from '../../../src/domain/people/people.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { formatListTime } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { badge, emptyState, hidden, skeleton } from '../../design/parts.ts';
import { lazy } from '../../shell/lazy.ts';
import {
  checkSession,
  focusSoon,
  minute,
  notify,
  type PageProps,
  session,
  signOut,
} from '../../shell/page.ts';
import { endAllSessions, endSession, ownSessions, ownWaysIn } from './account-api.ts';
import { PasskeysCard } from './passkeys-card.ts';
import { PasswordCard } from './password-card.ts';
import { UndoCard } from './undo-card.ts';

const ToldSection = lazy<Pick<PageProps, 'practice'>>(
  async () => (await import('./told-section.ts')).ToldSection,
);

type Load =
  | { is: 'loading' }
  | { is: 'ready'; sessions: OwnSession[]; ways: OwnWaysIn }
  | { is: 'failed'; message: string };

/** What everybody sees to for themselves: passkeys, the password, and where they are signed in. */
export function Page({ practice }: PageProps): VNode | null {
  const load = useSignal<Load>({ is: 'loading' });
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const refusal = useSignal<string | null>(null);

  async function fetchSessions(): Promise<void> {
    const [sessions, ways] = await Promise.all([ownSessions(), ownWaysIn()]);
    const refused = [sessions, ways].find((one) => !one.ok);
    if (sessions.ok && ways.ok)
      load.value = { is: 'ready', sessions: sessions.value.sessions, ways: ways.value };
    else if (refused?.ok === false) load.value = { is: 'failed', message: refused.message };
  }
  useEffect(() => void fetchSessions(), []);

  async function end({ id, browser }: OwnSession): Promise<void> {
    const answer = await endSession(id);
    notify(answer.ok ? `Signed out: ${browser ?? 'another browser'}` : answer.message);
    await fetchSessions();
    focusSoon('#sessions-title');
  }
  async function endAll(): Promise<void> {
    isBusy.value = true;
    const answer = await endAllSessions();
    isBusy.value = false;
    if (answer.ok) await signOut();
    else refusal.value = answer.message;
  }

  const me = session.value?.staff;
  if (me === undefined) return null;
  return html`
    ${pageHead({ title: 'My account', lead: html`<strong>${me.name}</strong>, ${me.email}` })}
    <div class="page__body account">
      ${waysIn(me.email)}
      <${UndoCard} practiceId=${practice.id} />
      <${ToldSection} practice=${practice} />
      <section class="section" aria-labelledby="sessions-title">
        <div class="section__head">
          <h2 class="section__title" id="sessions-title" tabindex="-1">Where you are signed in</h2>
          <button type="button" class="button" onClick=${() => {
            refusal.value = null;
            isAsking.value = true;
          }}>${icon('leave')}Sign out everywhere…</button>
        </div>
        ${sessions()}
      </section>
    </div>
    <${ConfirmDialog}
      id="sign-out-all"
      title="Sign out everywhere?"
      text="Here as well. What you are writing and have not sent is lost."
      does="Sign out"
      isDangerous=${true}
      isOpen=${isAsking.value}
      isBusy=${isBusy.value}
      error=${refusal.value}
      confirm=${() => void endAll()}
      cancel=${() => {
        isAsking.value = false;
      }}
    />
  `;

  /** Another passkey or password, and perhaps another session: who needs a passkey is let on. */
  function changed(): void {
    void fetchSessions();
    void checkSession();
  }

  function waysIn(email: string): VNode | null {
    const current = load.value;
    if (current.is !== 'ready') return null;
    const { ways } = current;
    return html`
      <${PasskeysCard} ways=${ways} email=${email} timeZone=${practice.timeZone} changed=${changed} />
      <${PasswordCard} email=${email} hasPassword=${ways.hasPassword} changed=${changed} />
    `;
  }

  function sessions(): VNode {
    const current = load.value;
    switch (current.is) {
      case 'loading':
        return skeleton(2, 'row', 'Loading your sessions');
      case 'failed': {
        const again = html`<button type="button" class="button" onClick=${() => void fetchSessions()}>Try again</button>`;
        return emptyState('alert', 'Your account could not be loaded', current.message, again);
      }
      case 'ready':
        return html`<ul class="rows">${current.sessions.map(row)}</ul>`;
    }
  }

  function row(one: OwnSession): VNode {
    const when = (at: number) => formatListTime(at, minute.value, practice.timeZone);
    const name = one.browser ?? 'A browser that does not say its name';
    return html`<li class="rows__row" key=${one.id}>
      <div class="rows__main">
        <p class="account__browser"><strong>${name}</strong>${one.isThis ? badge('This one', 'accent') : null}</p>
        <p class="rows__more">Since ${when(one.since)} · last used ${when(one.usedAt)}</p>
      </div>
      ${one.isThis ? null : html`<div class="rows__end"><button type="button" class="button" onClick=${() => void end(one)}>Sign out${hidden(` ${name}, since ${when(one.since)}`)}</button></div>`}
    </li>`;
  }
}
