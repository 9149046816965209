import { CALL_BACK_TRIES, type CallBack, type CallBackTry } from '../../../src/domain/calls/call-back.ts';
import type { CallBackChange } from '../../../src/domain/calls/call-back-rules.ts';
import { CLOSED_WORDS, REASON_WORDS, TRY_WORDS } from '../../../src/domain/calls/call-back-words.ts';
import { formatInFull, formatListTime, formatNumber, formatWaiting } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge, hidden } from '../../design/parts.ts';
import { type PageProps, session } from '../../shell/page.ts';

export interface RowActions {
  change: (callBack: CallBack, change: CallBackChange, done: string) => void;
  /** Asks how it went. */
  close: (callBack: CallBack) => void;
}

interface Row {
  callBack: CallBack;
  practice: PageProps['practice'];
  now: number;
  actions: RowActions;
}

/** Somebody whom no text reaches: who, why, since when, and what can be done. */
export function callBackRow(row: Row): VNode {
  const { callBack } = row;
  const { id, caller, reason, line, textedAt } = callBack;
  return html`<li class="rows__row call-back" key=${id} data-call-back-id=${id}>
    <div class="rows__main">
      <p class="call-back__who">
        <a class="call-back__number" href=${`tel:${caller}`}>${icon('phone')}${formatNumber(caller)}${hidden(', call')}</a>
        ${owner(callBack)}
        ${textedAt === null ? null : badge('Has texted since', 'accent')}
      </p>
      <p>${REASON_WORDS[reason]}</p>
      <p class="rows__more call-back__facts">${facts(row).map((fact) => html`<span key=${fact}>${fact}</span>`)}<span>${line.name}</span></p>
      ${callBack.closed === null ? null : closedWords(row)}
    </div>
    <div class="rows__end call-back__actions">${buttons(row)}</div>
  </li>`;
}

function owner({ claimedBy }: CallBack): VNode | null {
  if (claimedBy === null) return null;
  const isMine = claimedBy.id === session.value?.staff.id;
  return badge(isMine ? 'You have it' : `${claimedBy.name} has it`, isMine ? 'accent' : 'warn');
}

function facts({ callBack, practice, now }: Row): string[] {
  const { since, lastCallAt, calls, tries, closed } = callBack;
  const { timeZone } = practice;
  const called =
    calls === 1
      ? `called once, ${formatListTime(since, now, timeZone)}`
      : `called ${calls} times, last ${formatListTime(lastCallAt, now, timeZone)}`;
  return [
    ...(closed === null ? [`waiting ${formatWaiting(now - since)}`] : []),
    called,
    ...tries
      .map(({ at, by, what }) => `${TRY_WORDS[what]}, ${by}, ${formatListTime(at, now, timeZone)}`)
      .slice(-3),
    ...(tries.length > 3 ? [`${tries.length} tries in all`] : []),
  ];
}

function closedWords({ callBack: { closed }, practice }: Row): VNode | null {
  if (closed === null) return null;
  return html`<p class="call-back__closed" title=${formatInFull(closed.at, practice.timeZone)}>
    ${badge(CLOSED_WORDS[closed.outcome].label, 'ok')}<span>${closed.by}${closed.note === null ? '' : `: ${closed.note}`}</span>
  </p>`;
}

function buttons({ callBack, practice, actions }: Row): VNode {
  const { conversationId, closed, claimedBy, caller } = callBack;
  const who = hidden(`, ${formatNumber(caller)}`);
  const conversation =
    conversationId === null
      ? null
      : html`<a class="button button--quiet" data-inbox href=${`/${encodeURIComponent(practice.id)}/c/${conversationId}`}>${icon('inbox')}Conversation${who}</a>`;
  if (closed !== null) {
    const reopen = () => actions.change(callBack, { reopen: true }, 'Open again');
    return html`<button type="button" class="button" onClick=${reopen}>${icon('undo')}Open again${who}</button>${conversation}`;
  }
  return html`${claimButton(callBack, claimedBy, actions, who)}
    ${CALL_BACK_TRIES.map((what) => tryButton(what, callBack, actions, who))}
    <button type="button" class="button" onClick=${() => actions.close(callBack)}>${icon('check')}Close${who}</button>
    ${conversation}`;
}

function claimButton(
  callBack: CallBack,
  claimedBy: CallBack['claimedBy'],
  { change }: RowActions,
  who: VNode,
): VNode {
  if (claimedBy === null) {
    const take = () => change(callBack, { claim: true }, 'Yours');
    return html`<button type="button" class="button button--primary" onClick=${take}>I’ll call${who}</button>`;
  }
  const isMine = claimedBy.id === session.value?.staff.id;
  const release = () => change(callBack, { claim: false }, 'Anybody can call now');
  return html`<button type="button" class="button" onClick=${release}>${isMine ? 'Let go' : `Release from ${claimedBy.name}`}${who}</button>`;
}

function tryButton(what: CallBackTry, callBack: CallBack, { change }: RowActions, who: VNode): VNode {
  const label = { 'no-answer': 'No answer', voicemail: 'Voicemail' }[what];
  return html`<button type="button" class="button" key=${what} onClick=${() => change(callBack, { tried: what }, TRY_WORDS[what])}>${label}${who}</button>`;
}
