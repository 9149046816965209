export const CONSENT_SOURCES = ['pressed-key', 'hung-up', 'texted-in', 'staff', 'carrier'] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

/**
 * Whether this caller may be texted from this line, and how we know. Pressing a key asks for a text; hanging
 * up is weaker. The history is in the conversation's events.
 */
export type Consent =
  | { state: 'unknown' }
  | { state: 'given'; source: ConsentSource; at: number }
  | { state: 'opted-out'; source: ConsentSource; at: number };

export const NO_CONSENT: Consent = { state: 'unknown' };

/** What a call or a text says about consent; it never takes back an opt-out. */
export function withConsentFrom(before: Consent, source: ConsentSource, at: number): Consent {
  const isStronger = before.state === 'given' && before.source === 'hung-up' && source !== 'hung-up';
  return before.state === 'unknown' || isStronger ? { state: 'given', source, at } : before;
}

/** Answers to keywords, where the carrier does not send its own. */
export const CONSENT_TEXTS = {
  'opted-out': {
    en: (practice: string) =>
      `${practice}: you will get no more texts from us. Reply START to get them again.`,
    es: (practice: string) =>
      `${practice}: no recibirá más mensajes nuestros. Responda START para volver a recibirlos.`,
  },
  'opted-in': {
    en: (practice: string) =>
      `${practice}: you will get our texts again. Reply STOP at any time to end them.`,
    es: (practice: string) =>
      `${practice}: volverá a recibir nuestros mensajes. Responda STOP para no recibir más.`,
  },
  help: {
    en: (practice: string) =>
      `${practice}: write what you need and our staff will answer. In an emergency, call 911. Reply STOP to get no more texts.`,
    es: (practice: string) =>
      `${practice}: escriba lo que necesita y le responderemos. En una emergencia, llame al 911. Responda STOP para no recibir más mensajes.`,
  },
} as const;

export type ConsentText = keyof typeof CONSENT_TEXTS;

export function consentText(which: ConsentText, language: string, practice: string): string {
  const isSpanish = language.toLowerCase().split('-')[0] === 'es';
  return CONSENT_TEXTS[which][isSpanish ? 'es' : 'en'](practice);
}
