import { MAX_FIRST_TEXT_LENGTH, type UseCase } from './use-case.ts';

export const DEFAULT_TEXT_LANGUAGES = ['en', 'es'] as const;
export type DefaultTextLanguage = (typeof DEFAULT_TEXT_LANGUAGES)[number];

type Wording = (practiceName: string) => string;

/** The one apologises for the hold, the other for a call that nobody answered (B3, B6). */
const WORDING: Record<DefaultTextLanguage, Record<UseCase, Wording>> = {
  en: {
    'call-to-text': (name) =>
      `Hello from ${name}. We are sorry about the long hold. You can text with us right here instead: how can we help you today? In an emergency, call 911.`,
    'abandoned-call': (name) =>
      `This is ${name}. Your call was cut off before we could answer, and we are sorry. How can we help? Just reply to this text. In an emergency, call 911. Reply STOP to opt out.`,
  },
  es: {
    'call-to-text': (name) =>
      `Le saluda ${name}. Sentimos haberle hecho esperar al teléfono. Si lo prefiere, escríbanos por aquí: ¿en qué podemos ayudarle? En una emergencia, llame al 911.`,
    'abandoned-call': (name) =>
      `Le escribe ${name}. Su llamada se cortó antes de que pudiéramos contestar, y lo sentimos. ¿En qué podemos ayudarle? Responda a este mensaje. En una emergencia, llame al 911. Responda STOP para no recibir más.`,
  },
};

/** What a text does without, the first one first, where the name of the practice is very long. */
const DISPENSABLE: Record<DefaultTextLanguage, readonly string[]> = {
  en: [' In an emergency, call 911.', ' Just reply to this text.'],
  es: [' En una emergencia, llame al 911.', ' Responda a este mensaje.'],
};

/** The automatic text that a new trigger starts with. */
export function defaultText(useCase: UseCase, language: DefaultTextLanguage, practiceName: string): string {
  const whole = WORDING[language][useCase](practiceName);
  return DISPENSABLE[language].reduce(
    (text, sentence) => (text.length > MAX_FIRST_TEXT_LENGTH ? text.replace(sentence, '') : text),
    whole,
  );
}

/** By the language alone: es-MX is answered in es. Null where nobody has written one. */
export function defaultTextLanguage(tag: string): DefaultTextLanguage | null {
  const [language] = tag.toLowerCase().split('-');
  return DEFAULT_TEXT_LANGUAGES.find((known) => known === language) ?? null;
}
