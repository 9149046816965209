import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { formatNumber } from '../../design/format.ts';
import type { IconName } from '../../design/icon.ts';
import { PAGES } from '../../shell/pages.ts';
import { askConsent } from '../actions/consent-actions.ts';
import { openConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { goTo } from '../actions/navigation.ts';
import { signOut } from '../actions/session-actions.ts';
import { INBOX } from '../route.ts';
import { conversations, notice, practice, session } from '../store.ts';
import { VIEW_ICONS } from '../view-icons.ts';
import { VIEW_WORDS } from '../words.ts';
import type { Choice, Choosing } from './choices.ts';
import { DOES } from './does.ts';
import { fitting } from './fitting.ts';
import { goToPlace, placesOpen } from './going.ts';
import type { Place } from './places.ts';
import { type Action, shortcut } from './shortcuts.ts';
import { areSingleKeysOn, keysHeard } from './single-keys.ts';

/** More of them are found by the search. */
const MOST_CONVERSATIONS = 8;

/** All that can be done or gone to from here, by its name; `subject` is the conversation that the keyboard is on. */
export function paletteFor(subject: ConversationSummary | undefined): Choosing {
  return {
    title: 'Find or do anything',
    placeholder: 'Action, page, name or number',
    nothing: 'Nothing of that name',
    choicesFor: (words) => {
      const all = [...onConversation(subject), ...undo(), ...views(), ...pages(), ...practices(), ...rest()];
      const found = fitting(all, words);
      return words.trim() === '' ? found : [...found, ...conversationsFor(words), searchFor(words.trim())];
    },
  };
}

function undo(): Choice[] {
  const current = notice.peek();
  if (current === null || current.undo === null || current.offers !== 'Undo') return [];
  return [{ ...ofAction('undo', 'undo'), group: 'Just now', detail: current.text }];
}

const ACTION_ICONS: Partial<Record<Action, IconName>> = {
  reply: 'reply',
  note: 'lock',
  done: 'check',
  assign: 'person',
  take: 'person',
  snooze: 'clock',
  'needs-reply': 'no-reply',
  select: 'check',
};

/** What the single keys do to a conversation, under the same words, and what has no key. */
function onConversation(subject: ConversationSummary | undefined): Choice[] {
  if (subject === undefined) return [];
  const group = callerTitle(subject);
  const withKeys = (Object.keys(ACTION_ICONS) as Action[]).map((action) =>
    ofAction(action, ACTION_ICONS[action] ?? 'bolt'),
  );
  return [...withKeys, ...consents(subject), print(subject)].map((choice) => ({ ...choice, group }));
}

function consents({ id, consent, doNotText }: ConversationSummary): Choice[] {
  const record = (label: string, becomes: 'opted-out' | 'given'): Choice => ({
    id: becomes,
    group: '',
    label,
    icon: 'no-texts',
    choose: () => askConsent(id, becomes),
  });
  return [
    ...(consent.state === 'opted-out' ? [] : [record('Record an opt-out…', 'opted-out')]),
    ...(doNotText || consent.state === 'given' ? [] : [record('Record an opt-in…', 'given')]),
  ];
}

function print({ id }: ConversationSummary): Choice {
  const open = () => void window.open(`/api/conversations/${id}/print`, '_blank', 'noopener');
  return { id: 'print', group: '', label: 'Print or keep (new tab)', icon: 'file', choose: open };
}

function ofAction(action: Action, icon: IconName): Choice {
  return {
    id: action,
    group: 'Offhook',
    label: shortcut(action).words,
    icon,
    keys: keysHeard(action).slice(0, 1),
    choose: () => void DOES[action](),
  };
}

function views(): Choice[] {
  return placesOpen().flatMap((place) =>
    'view' in place ? [ofPlace(place, 'Views', VIEW_WORDS[place.view], VIEW_ICONS[place.view])] : [],
  );
}

function pages(): Choice[] {
  return placesOpen().flatMap((place) =>
    'page' in place ? [ofPlace(place, 'Pages', PAGES[place.page].label, PAGES[place.page].icon)] : [],
  );
}

function ofPlace(place: Place, group: string, label: string, icon: IconName): Choice {
  const keys = [...keysHeard('go'), ...(areSingleKeysOn.peek() ? [place.letter] : [])];
  return {
    id: `go ${place.letter}`,
    group,
    label,
    also: 'go to',
    icon,
    keys,
    choose: () => goToPlace(place),
  };
}

/** The others. */
function practices(): Choice[] {
  const all = session.peek()?.practices ?? [];
  return all
    .filter(({ id }) => id !== practice.peek()?.id)
    .map(({ id, name }) => ({
      id: `practice ${id}`,
      group: 'Practices',
      label: name,
      also: 'switch practice',
      icon: 'building',
      choose: () => goTo({ ...INBOX, practiceId: id }),
    }));
}

function rest(): Choice[] {
  return [
    ofAction('search', 'search'),
    ofAction('help', 'keyboard'),
    { id: 'sign-out', group: 'Offhook', label: 'Sign out', icon: 'leave', choose: () => void signOut() },
  ];
}

/** Of those that this page was told of. */
function conversationsFor(words: string): Choice[] {
  const all = [...conversations.peek().values()].sort((a, b) => b.last.at - a.last.at);
  return fitting(all.map(ofConversation), words).slice(0, MOST_CONVERSATIONS);
}

function ofConversation(conversation: ConversationSummary): Choice {
  const { id, caller } = conversation;
  const label = callerTitle(conversation);
  const number = formatNumber(caller.number);
  return {
    id,
    group: 'Conversations',
    label,
    also: `${caller.number} ${number}`,
    ...(label === number ? {} : { detail: number }),
    icon: 'inbox',
    choose: () => openConversation(id),
  };
}

function searchFor(words: string): Choice {
  return {
    id: 'search all',
    group: 'Search',
    label: `Search all texts for “${words}”`,
    icon: 'search',
    choose: () => goTo({ ...INBOX, query: words }),
  };
}
