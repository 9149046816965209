/** How a phone system is set up to fire a trigger: data for whoever shows it, and for a test that fires it. */
import type { Sample, Snippet, Step } from '../domain/triggers/recipe.ts';
import type { UseCase } from '../domain/triggers/use-case.ts';

export interface RecipeOrder {
  /** The whole secret address of the trigger. */
  url: string;
  practiceName: string;
  useCase: UseCase;
  /** BCP 47, of the trigger. */
  language: string;
}

export type { Recipe, Sample, Snippet, Step } from '../domain/triggers/recipe.ts';

/** A fictional number: whoever fires a sample as it stands texts nobody. */
export const SAMPLE_CALLER = '2065550123';
/** Part of every sample's call id. */
export const SAMPLE_CALL = '00000001';

export function step(text: string, snippet: Snippet | null = null): Step {
  return { text, snippet };
}

/** How long callers wait and which key they press belongs to the phone system (B2). */
export const KEY_ADVICE: readonly string[] = [
  'Offer the text after 30 seconds on hold, with the key 5, and repeat the offer every 30 seconds.',
  'Offer a call-back as well, at about 90 seconds, for callers who cannot text.',
  'Tell callers who pressed the key that the text is on its way, and that they may hang up.',
];

export const HANG_UP_ADVICE: readonly string[] = [
  'Leave out calls that ended within about 5 seconds: most of them were wrong numbers.',
  'Callers who hang up have not asked for a text: the first one says who it comes from and how to stop them.',
];

export function adviceFor(useCase: UseCase): readonly string[] {
  switch (useCase) {
    case 'call-to-text':
      return KEY_ADVICE;
    case 'abandoned-call':
      return HANG_UP_ADVICE;
  }
}

/** What `event` says in snippets that we wrote ourselves. */
export function eventOf(useCase: UseCase): 'pressed-key' | 'abandoned' {
  switch (useCase) {
    case 'call-to-text':
      return 'pressed-key';
    case 'abandoned-call':
      return 'abandoned';
  }
}

/** What the offer says to callers on hold, where the phone system reads text aloud. */
export function offerIn(language: string, practiceName: string): string {
  return language.toLowerCase().startsWith('es')
    ? `Gracias por llamar a ${practiceName}. Si prefiere escribirnos por mensaje de texto, pulse 5.`
    : `Thank you for calling ${practiceName}. If you would rather text with us, press 5.`;
}

export function goodbyeIn(language: string): string {
  return language.toLowerCase().startsWith('es')
    ? 'Le enviamos un mensaje de texto ahora mismo. Ya puede colgar.'
    : 'We are sending you a text right now. You may hang up.';
}

export function form(query: Record<string, string>, hasCallId: boolean): Sample {
  return {
    method: 'POST',
    query: '',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(query).toString(),
    hasCallId,
  };
}

export function json(body: object, hasCallId: boolean): Sample {
  return {
    method: 'POST',
    query: '',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    hasCallId,
  };
}
