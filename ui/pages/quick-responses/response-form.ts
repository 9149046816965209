import { useSignal } from '@preact/signals';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import {
  MAX_RESPONSE_LENGTH,
  type QuickResponse,
  responseFaults,
  tidyResponse,
  type WrittenResponse,
} from '../../../src/domain/words/quick-response.ts';
import { groupOf } from '../../../src/domain/words/quick-response-changes.ts';
import { describedBy, field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { MergeButton } from '../../design/merge-button.ts';
import { textMeasure } from '../../design/text-measure.ts';
import { focusNow, focusSoon, notify, useUnsaved } from '../../shell/page.ts';
import { GroupField } from './group-field.ts';
import { responseDifferences } from './response-differences.ts';
import { responseDrafts } from './response-drafts.ts';
import { ResponseTexts } from './response-texts.ts';
import type { Part } from './responses-part.ts';

interface Form extends Part {
  languages: readonly string[];
  /** Null for a new one. */
  response: QuickResponse | null;
  group: string;
  archive: (one: QuickResponse) => void;
  close: () => void;
}

const EMPTY = { title: '', texts: {} };

/** What is being written stays with its response until it is saved or dropped. */
export function ResponseForm({
  practice,
  api,
  all,
  set,
  reload,
  languages,
  response,
  group,
  archive,
  close,
}: Form): VNode {
  const place = `${practice.id} ${response?.id ?? 'new'}`;
  const begun: WrittenResponse = {
    title: response?.title ?? EMPTY.title,
    group,
    texts: response?.texts ?? EMPTY.texts,
  };
  const kept = useSignal(responseDrafts.of(place));
  const isTried = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  const isOvertaken = useSignal(false);

  const draft = kept.value?.draft ?? begun;
  const version = kept.value?.version ?? response?.version ?? 0;
  const tidy = tidyResponse(draft);
  const faults = new Map(responseFaults(tidy).map(({ path, message }) => [path.join('-'), message]));
  const isChanged = !isSameJson(tidy, begun);
  useUnsaved(isChanged);

  const keep = (next: WrittenResponse | null, seen = version) => {
    kept.value = next === null ? null : { draft: next, version: seen };
    responseDrafts.keep(place, kept.value);
    error.value = null;
  };
  const write = (change: Partial<WrittenResponse>) => keep({ ...draft, ...change });
  const drop = () => {
    keep(null);
    isTried.value = false;
    isOvertaken.value = false;
  };

  async function save(seen: number): Promise<void> {
    if (isBusy.peek()) return;
    isTried.value = true;
    const [first] = faults.keys();
    if (first !== undefined)
      return focusNow(`#response-${first === 'texts' ? `texts-${languages[0] ?? 'en'}` : first}`);
    isBusy.value = true;
    const answer = response === null ? await api.add(tidy) : await api.change(response.id, seen, tidy);
    isBusy.value = false;
    if (answer.ok) {
      drop();
      set(answer.value);
      notify(`“${tidy.title}” is saved. Your colleagues have it at once.`);
      close();
    } else if (answer.code === 'changed-meanwhile' || (answer.status === 404 && response !== null)) {
      keep(draft, seen);
      isOvertaken.value = true;
      await reload();
      focusSoon('#overtaken-title');
    } else {
      error.value = answer.message;
    }
  }

  const faultOf = (name: string) => (isTried.value ? (faults.get(name) ?? null) : null);
  const said = (name: string) => {
    const message = faultOf(name);
    return message === null ? null : `${message[0]?.toUpperCase()}${message.slice(1)}.`;
  };
  const written = Object.entries(tidy.texts);
  return html`<form class="form response-form" noValidate onSubmit=${(event: SubmitEvent) => {
    event.preventDefault();
    void save(version);
  }}>
    ${field({
      id: 'response-title',
      label: 'Title',
      help: 'Short: it is what is typed after the /.',
      error: said('title'),
      control: html`<input id="response-title" autocomplete="off" aria-invalid=${faultOf('title') === null ? undefined : 'true'} aria-describedby=${describedBy({ id: 'response-title', help: 'x', error: said('title') })} value=${draft.title} onInput=${(
        event: Event,
      ) => write({ title: (event.currentTarget as HTMLInputElement).value })} />`,
    })}
    <${GroupField} groups=${all.groups.map(({ name }) => name)} group=${draft.group} error=${said('group')} choose=${(name: string) => write({ group: name })} />
    <${ResponseTexts} practice=${practice} api=${api} languages=${languages} texts=${draft.texts} faultOf=${said} write=${(texts: Record<string, string>) => write({ texts })} />
    ${
      written.length > 1
        ? html`<div><${MergeButton}
            texts=${written.map(([language, text]) => ({ id: language, language, text }))}
            measure=${(text: string, id: string) => textMeasure({ id, text, length: text.length, most: MAX_RESPONSE_LENGTH })}
            put=${(text: string) => {
              const [language = 'en'] = written[0] ?? [];
              write({ texts: { ...draft.texts, [language]: text } });
              focusSoon(`#response-texts-${language}`);
            }}
          /></div>`
        : null
    }
    ${isOvertaken.value ? overtaken() : null}
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value && !isOvertaken.value ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save'}</button>
      ${isChanged ? html`<button type="button" class="button button--quiet" onClick=${drop}>Discard</button>` : null}
      ${response === null ? null : html`<button type="button" class="button button--quiet response-form__archive" onClick=${() => archive(response)}>Put into the archive</button>`}
    </div>
  </form>`;

  function overtaken(): VNode {
    const theirs = response === null ? null : { ...response, group: groupOf(all, response.id)?.name ?? '' };
    return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
      <div>
        <h3 id="overtaken-title" tabindex="-1">Somebody else changed this one meanwhile</h3>
        <ul class="differences">
          ${responseDifferences(tidy, theirs ?? begun).map(
            (one) =>
              html`<li key=${one.what}><strong>${one.what}</strong><span>Yours: ${one.mine}</span><span>Theirs: ${one.theirs}</span></li>`,
          )}
        </ul>
        <div class="form__actions">
          <button type="button" class="button" onClick=${() => {
            drop();
            focusSoon('#response-title');
          }}>Take theirs</button>
          <button type="button" class="button" onClick=${() => {
            isOvertaken.value = false;
            void save(response?.version ?? 0);
          }}>Save mine over it</button>
        </div>
      </div>
    </section>`;
  }
}
