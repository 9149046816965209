import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { type MenuItem, menu } from '../../design/parts.ts';
import { askConsent } from '../actions/consent-actions.ts';
import { changeConversation } from '../actions/conversation-actions.ts';
import { minute } from '../clock.ts';
import { consentLabel, DO_NOT_TEXT_LABEL } from '../consent-labels.ts';
import { consentOrigin, consentSince } from '../consent-origin.ts';
import { handingOver } from '../handing-over.ts';
import { snoozeChoices } from '../snooze-choices.ts';
import { opened, present, session, staff, timeZone } from '../store.ts';

interface Content {
  items: MenuItem[];
  head?: VNode;
}

/** What the buttons in the head of a conversation open. */
export function HeadMenus({ conversation }: { conversation: ConversationSummary }): VNode {
  return html`
    <${Menu} id="consent-menu" label="Consent to texts" content=${() => consentMenu(conversation)} />
    <${Menu} id="assignee-menu" label="Assign to" content=${() => assigneeMenu(conversation)} />
    ${conversation.state === 'done' ? null : html`<${Menu} id="snooze-menu" label="Snooze" content=${() => snoozeMenu(conversation)} />`}
  `;
}

interface MenuProps {
  id: string;
  label: string;
  content: () => Content;
}

/** What is in it is drawn when it opens: a conversation is opened more often than what can be done with it is asked for. */
function Menu({ id, label, content }: MenuProps): VNode {
  const isAskedFor = useSignal(false);
  const { items, head = null } = isAskedFor.value ? content() : { items: [] };
  return menu(id, label, items, head, () => {
    isAskedFor.value = true;
  });
}

/** Since when, how we know, and what can be recorded. */
function consentMenu({ id, consent, doNotText }: ConversationSummary): Content {
  const optOut = { label: 'Record an opt-out…', choose: () => askConsent(id, 'opted-out') };
  const optIn = { label: 'Record an opt-in…', choose: () => askConsent(id, 'given') };
  const items = [
    ...(consent.state === 'opted-out' ? [] : [optOut]),
    // An opt-in would not bring texts back.
    ...(doNotText || consent.state === 'given' ? [] : [optIn]),
  ];
  return { items, head: doNotText ? listed() : history(consent) };
}

function listed(): VNode {
  return html`<div class="menu__head">
    <strong>${DO_NOT_TEXT_LABEL}</strong>
    <span>No line of the enterprise texts this number, whatever the caller says. An admin can take it off the list.</span>
  </div>`;
}

function history(consent: ConversationSummary['consent']): VNode {
  const since = consentSince(consent, minute.value, timeZone.value);
  return html`<div class="menu__head">
    <strong>${consentLabel(consent)}</strong>
    <span>${consentOrigin(consent, opened.value?.messages ?? [])}</span>
    ${since === null ? null : html`<span class="menu__since">${since}</span>`}
  </div>`;
}

function assigneeMenu({ id, assignee }: ConversationSummary): Content {
  const me = session.value?.staff;
  const here = new Set(present.value.map((one) => one.id));
  const others = staff.value
    .filter((one) => one.id !== me?.id)
    .sort((a, b) => Number(here.has(b.id)) - Number(here.has(a.id)));
  const people = me === undefined ? others : [{ id: me.id, name: me.name }, ...others];
  const items = [
    ...people.map((person) => ({
      label: person.id === me?.id ? `${person.name} (you)` : person.name,
      ...(person.id !== me?.id && here.has(person.id) && { hint: 'here now' }),
      isChosen: person.id === assignee?.id,
      choose: () => void changeConversation(id, { assignee: person.id }),
    })),
    {
      label: 'Nobody',
      isChosen: assignee === null,
      choose: () => void changeConversation(id, { assignee: null }),
    },
    ...(others.length === 0
      ? []
      : [
          {
            label: 'Hand over with a note…',
            icon: 'lock' as const,
            choose: () => {
              handingOver.value = id;
            },
          },
        ]),
  ];
  return { items };
}

function snoozeMenu({ id, state }: ConversationSummary): Content {
  const items = snoozeChoices(minute.value, timeZone.value).map(({ label, hint, until }) => ({
    label,
    hint,
    choose: () => void changeConversation(id, { snoozedUntil: until }, `Snoozed, ${hint}`),
  }));
  const wake = {
    label: 'End the snooze',
    choose: () => void changeConversation(id, { snoozedUntil: null }, 'The snooze ended'),
  };
  return { items: state === 'snoozed' ? [wake, ...items] : items };
}
