import { useSignal } from '@preact/signals';
import type { PracticeProfile } from '../../../src/domain/practice/practice-profile.ts';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { html, type VNode } from '../../design/html.ts';
import { draftOf, readDraft } from '../../design/practice-draft.ts';
import { faultyField, KIND_WORDS, type PracticeDraft, practiceFields } from '../../design/practice-fields.ts';
import { checkSession, focusNow, focusSoon, notify, useUnsaved } from '../../shell/page.ts';
import type { PracticeApi } from './practice-api.ts';

interface Edited {
  saved: PracticeProfile;
  api: PracticeApi;
  changed: (practice: PracticeProfile) => void;
}

export function ProfileForm({ saved, api, changed }: Edited): VNode {
  const kept = useSignal<PracticeDraft | null>(null);
  const faults = useSignal<Record<string, string>>({});
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  /** What somebody else saved meanwhile. */
  const theirs = useSignal<PracticeProfile | null>(null);

  const draft = kept.value ?? draftOf(saved);
  const isChanged = !isSameJson(draft, draftOf(saved));
  useUnsaved(isChanged);

  const set = (change: Partial<PracticeDraft>) => {
    kept.value = { ...draft, ...change };
    faults.value = {};
    error.value = null;
  };
  const drop = () => {
    kept.value = null;
    faults.value = {};
    error.value = null;
    theirs.value = null;
  };

  const take = (now: PracticeProfile) => {
    drop();
    changed(now);
  };

  async function save(version: number): Promise<void> {
    if (isBusy.peek() || !isChanged) return;
    const read = readDraft(draft);
    if ('faults' in read) return tell(read.faults);
    isBusy.value = true;
    const answer = await api.change({ ...read.profile, version });
    const now = !answer.ok && answer.code === 'changed-meanwhile' ? await api.get() : null;
    isBusy.value = false;
    if (answer.ok) {
      drop();
      changed(answer.value.practice);
      notify('Saved');
      // Its name stands in the menu, and its clock in every time on screen.
      await checkSession();
    } else if (now?.ok) {
      theirs.value = now.value.practice;
      focusSoon('#overtaken-title');
    } else {
      const id = faultyField(answer.message);
      if (id === null) error.value = answer.message;
      else tell({ [id]: answer.message.replace(/^Check “\w+”: /, '') });
    }
  }
  function tell(found: Record<string, string>): void {
    faults.value = found;
    focusNow(`#${Object.keys(found)[0]}`);
  }

  const other = theirs.value;
  const isRenamed = saved.name !== draft.name.trim();
  return html`<form class="card form" noValidate onSubmit=${(event: SubmitEvent) => {
    event.preventDefault();
    void save(saved.version);
  }}>
    ${practiceFields({ draft, faults: faults.value, set })}
    ${isRenamed ? html`<p class="callout callout--plain">Texts that name it stay as they are: look through them under Triggers.</p>` : null}
    ${
      other === null
        ? null
        : overtaken(
            draft,
            other,
            () => take(other),
            () => void save(other.version),
          )
    }
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value && other === null ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save'}</button>
      ${isChanged ? html`<button type="button" class="button button--quiet" onClick=${drop}>Discard</button>` : null}
      <span class="field__help" role="status">${isChanged ? 'Not saved yet' : 'Saved'}</span>
    </div>
  </form>`;
}

const WORDS = { name: 'Name', kind: 'Kind', timeZone: 'Time zone', mainNumber: 'Main number' } as const;

/** Somebody else came first: both are shown, and nothing is lost until one is chosen. */
function overtaken(mine: PracticeDraft, now: PracticeProfile, take: () => void, keep: () => void): VNode {
  const theirs = draftOf(now);
  const keys = Object.keys(WORDS) as (keyof typeof WORDS)[];
  const shown = (draft: PracticeDraft, key: keyof typeof WORDS) =>
    (key === 'kind' ? KIND_WORDS[draft.kind].label : draft[key]) || 'none';
  return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
    <div>
      <h2 id="overtaken-title" tabindex="-1">Somebody else changed this practice meanwhile</h2>
      <ul class="differences">
        ${keys
          .filter((key) => mine[key] !== theirs[key])
          .map(
            (key) =>
              html`<li key=${key}><strong>${WORDS[key]}</strong><span>Yours: ${shown(mine, key)}</span><span>Theirs: ${shown(theirs, key)}</span></li>`,
          )}
      </ul>
      <div class="form__actions">
        <button type="button" class="button" onClick=${take}>Take theirs</button>
        <button type="button" class="button" onClick=${keep}>Save mine over it</button>
      </div>
    </div>
  </section>`;
}
