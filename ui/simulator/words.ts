/** What the page says: the voice on the line, the phones one can be, and what a webhook's answer means. */
import {
  type HandsetKind,
  type HandsetMessage,
  handsetKind,
  type SimulatedCall,
} from '../../src/domain/conversation/handset.ts';
import type { UseCase } from '../../src/domain/triggers/use-case.ts';
import { type Moment, TEXT_KEY } from './call.ts';

const VOICE = {
  en: {
    ringing: '',
    greeting: (practice) => `Thank you for calling ${practice}.`,
    holding: 'All of our staff are helping other callers. Please hold, your call is important to us.',
    offered: `Tired of waiting? Press ${TEXT_KEY} to text with us instead.`,
    texting: 'Thank you. We are texting you now: you can hang up.',
  },
  es: {
    ringing: '',
    greeting: (practice) => `Gracias por llamar a ${practice}.`,
    holding: 'Todo nuestro personal está ocupado. No cuelgue, su llamada es importante para nosotros.',
    offered: `¿Lleva mucho esperando? Oprima ${TEXT_KEY} para escribirnos por mensaje de texto.`,
    texting: 'Gracias. Le estamos enviando un mensaje: ya puede colgar.',
  },
} satisfies Record<string, Record<Moment, string | ((practice: string) => string)>>;

export function voiceOf(moment: Moment, language: string, practice: string): string {
  const words = VOICE[language === 'es' ? 'es' : 'en'][moment];
  return typeof words === 'string' ? words : words(practice);
}

export const KIND_WORDS: Record<HandsetKind, { name: string; tells: string }> = {
  ordinary: { name: 'Mobile', tells: 'An everyday phone: gets texts and can answer them.' },
  landline: {
    name: 'Landline',
    tells: 'A phone on a wall: no text can reach it, and staff are told to call back.',
  },
  unreachable: {
    name: 'Switched off',
    tells: 'Out of battery in a drawer: the text is sent and never arrives. Staff see that, and why.',
  },
  blocked: {
    name: 'Opted out',
    tells: 'Its owner asked for no more texts: the carrier refuses, and staff are told to call back.',
  },
};

export const USE_CASE_WORDS: Record<UseCase, string> = {
  'call-to-text': 'pressed 5',
  'abandoned-call': 'hung up',
};

export function pictureCountWords(count: number): string {
  return count === 1 ? 'Picture' : `${count} pictures`;
}

/** A text where there is room for one line of it. */
export function previewOf({ body, mediaCount }: HandsetMessage): string {
  return body === '' ? pictureCountWords(mediaCount) : body;
}

const SKIPPED: Record<string, string> = {
  duplicate: 'This call was reported before, so there is no second text.',
  'same-journey': 'This call was texted already, so there is no second text.',
  answered: 'The caller got through to a person, so there is no text.',
  cooldown: 'This caller was texted a short while ago, so there is no second text.',
  'live-conversation': 'They are already texting with staff, so there is no automatic text.',
  'opted-out': 'This caller has opted out of texts.',
  withheld: 'The caller hid the number, so nobody can be texted.',
  'not-textable': 'This number is not one that can be texted.',
  landline: 'This number is known to be a landline, so nothing is sent.',
  closed: 'The practice is closed, and this trigger only works while it is open.',
  stale: 'The call was too long ago.',
  'trigger-off': 'This trigger is switched off.',
  'dry-run': 'A dry run: understood, nothing sent.',
};

/** What the webhook's answer means for the caller. */
export function answerInWords({ sent, status, answer }: SimulatedCall): string {
  const { result, reason, error } = (answer ?? {}) as {
    result?: string;
    reason?: string;
    error?: { message?: string };
  };
  if (result === 'texting') {
    return handsetKind(sent.CALLER_ID_NUMBER) === 'ordinary'
      ? 'The text is on its way to the phone.'
      : 'Offhook tries to text this phone, and fails. Staff see that in the inbox, and why.';
  }
  if (result === 'held') return 'Recorded. The text leaves later, unless the caller gets through first.';
  if (result === 'skipped') return SKIPPED[reason ?? ''] ?? 'Understood, and deliberately no text.';
  return error?.message ?? `An answer that says nothing more than ${status}.`;
}

/** What it is called in itself: "English", "Español". */
export function languageInItself(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
