import { useSignal } from '@preact/signals';
import type { PracticeProfile } from '../../src/domain/practice/practice-profile.ts';
import { html, useEffect, type VNode } from './html.ts';
import { newDraft, readDraft } from './practice-draft.ts';
import { faultyField, type PracticeDraft, practiceFields } from './practice-fields.ts';

interface NewPractice {
  make: (
    practice: Pick<PracticeProfile, 'name' | 'kind' | 'timeZone' | 'mainNumber'>,
  ) => Promise<{ ok: true } | { ok: false; message: string }>;
  focus: (selector: string) => void;
}

/** Asks what a practice needs to begin with; everything else has its own page. */
export function NewPractice({ make, focus }: NewPractice): VNode {
  const draft = useSignal(newDraft());
  const faults = useSignal<Record<string, string>>({});
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => focus('#practice-name'), []);

  const set = (change: Partial<PracticeDraft>) => {
    draft.value = { ...draft.value, ...change };
    faults.value = {};
    error.value = null;
  };

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    const read = readDraft(draft.peek());
    if ('faults' in read) return tell(read.faults);
    isBusy.value = true;
    const answer = await make(read.profile);
    isBusy.value = false;
    if (answer.ok) return;
    const id = faultyField(answer.message);
    if (id === null) error.value = answer.message;
    else tell({ [id]: answer.message.replace(/^Check “\w+”: /, '') });
  }
  function tell(found: Record<string, string>): void {
    faults.value = found;
    focus(`#${Object.keys(found)[0]}`);
  }

  return html`<form class="form" noValidate onSubmit=${submit}>
    ${practiceFields({ draft: draft.value, faults: faults.value, set })}
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      <button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>${isBusy.value ? 'One moment…' : 'Make the practice'}</button>
    </div>
  </form>`;
}
