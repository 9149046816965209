/** What is asked about a practice, wherever one is made or changed. */
import { PRACTICE_KINDS, type PracticeKind } from '../../src/domain/people/signed-in.ts';
import { choices, describedBy, field } from './form-parts.ts';
import { html, type VNode } from './html.ts';
import { zoneField } from './zone-field.ts';

export interface PracticeDraft {
  name: string;
  kind: PracticeKind;
  /** As typed; `zoneFrom` reads it. */
  timeZone: string;
  mainNumber: string;
}

export const KIND_WORDS: Record<PracticeKind, { label: string; help: string }> = {
  clinic: { label: 'Clinic', help: 'Answers its own patients.' },
  'call-center': {
    label: 'Call center',
    help: 'Answers for others, and gathers many callers whom nobody knows yet. It is kept apart, and has no words about appointments.',
  },
};

interface Fields {
  draft: PracticeDraft;
  /** By the id of a field. */
  faults: Partial<Record<string, string>>;
  set: (change: Partial<PracticeDraft>) => void;
}

const MAIN_HELP =
  'The number that callers know. Calls to a line are forwarded here. You can leave it out for now.';

export function practiceFields({ draft, faults, set }: Fields): VNode {
  const typed = (key: 'name' | 'mainNumber') => (event: Event) =>
    set({ [key]: (event.currentTarget as HTMLInputElement).value });
  const name = { id: 'practice-name', help: 'As callers know it: the first texts begin with it.' };
  const main = { id: 'practice-main', help: MAIN_HELP, error: faults['practice-main'] ?? null };
  const nameError = faults['practice-name'] ?? null;
  return html`
    ${field({
      ...name,
      error: nameError,
      label: 'Name',
      control: html`<input id=${name.id} autocomplete="organization" maxlength="100" required
        aria-invalid=${nameError === null ? undefined : 'true'}
        aria-describedby=${describedBy({ ...name, error: nameError })}
        value=${draft.name} onInput=${typed('name')} />`,
    })}
    ${choices(
      'practice-kind',
      'Kind',
      PRACTICE_KINDS.map((value) => ({ value, ...KIND_WORDS[value] })),
      draft.kind,
      (kind) => set({ kind }),
    )}
    ${zoneField({
      id: 'practice-zone',
      label: 'Time zone',
      help: 'Where its clock hangs: hours and times go by it. Type a city.',
      typed: draft.timeZone,
      error: faults['practice-zone'] ?? null,
      set: (timeZone) => set({ timeZone }),
    })}
    ${field({
      ...main,
      label: 'Main number',
      control: html`<input id=${main.id} type="tel" autocomplete="off" maxlength="200"
        aria-invalid=${main.error === null ? undefined : 'true'}
        aria-describedby=${describedBy(main)}
        value=${draft.mainNumber} onInput=${typed('mainNumber')} />`,
    })}
  `;
}

/** Where the server's word about a field belongs; null for what is of no field. */
export function faultyField(message: string): string | null {
  const [, name] = /^Check “(\w+)”/.exec(message) ?? [];
  return (
    { name: 'practice-name', timeZone: 'practice-zone', mainNumber: 'practice-main' }[name ?? ''] ?? null
  );
}
