import { useSignal } from '@preact/signals';
import type { QuickResponse } from '../../../src/domain/words/quick-response.ts';
import { findResponses } from '../../../src/domain/words/response-search.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { emptyState, menu } from '../../design/parts.ts';
import { useFetched } from '../../design/use-fetched.ts';
import { focusSoon, notify, type PageProps } from '../../shell/page.ts';
import { archiveSection } from './archive.ts';
import { isWithout, languagesOf } from './languages.ts';
import { responseRow } from './response-row.ts';
import type { AllResponses, ResponsesApi } from './responses-api.ts';

export interface Part {
  practice: PageProps['practice'];
  api: ResponsesApi;
  all: AllResponses;
  /** What there is now, as an answer told it. */
  set: (next: Partial<AllResponses>) => void;
  reload: () => Promise<void>;
}

/** Found by words or by what they lack; one of them in a sheet; managers also put them in order. */
export function ResponsesPart({ practice, api, all, set, reload }: Part): VNode {
  const isManager = practice.role !== 'staff';
  const query = useSignal('');
  const missing = useSignal<string | null>(null);
  const opened = useSignal<string | 'new' | null>(null);
  const isArranging = useSignal(false);
  const isImporting = useSignal(false);
  const sheet = useFetched(
    opened.value !== null,
    async () => (await import('./response-sheet.ts')).ResponseSheet,
  );
  const arranger = useFetched(isArranging.value, async () => (await import('./arranger.ts')).Arranger);
  const importer = useFetched(
    isImporting.value,
    async () => (await import('./import-dialog.ts')).ImportDialog,
  );

  const languages = languagesOf(all);
  const shown = { languages, open: (id: string) => (opened.value = id) };
  const isGone = [sheet, arranger, importer].some(({ is }) => is === 'failed');

  async function archive({ id, title }: QuickResponse, isArchived: boolean): Promise<void> {
    const answer = await api.archive(id, isArchived);
    if (!answer.ok) return notify(answer.message);
    set(answer.value);
    opened.value = null;
    if (!isArchived) return notify(`“${title}” is back`);
    notify(`“${title}” is in the archive`, () => void archive({ id, title } as QuickResponse, false));
    focusSoon('#page-title');
  }

  if (isArranging.value && arranger.is === 'there') {
    const close = () => {
      isArranging.value = false;
      focusSoon('#responses-more');
    };
    return html`<${arranger.View} api=${api} all=${all} set=${set} close=${close} />`;
  }
  return html`
    <div class="filters">
      <label class="search words-search">
        <span class="visually-hidden">Search quick responses</span>
        ${icon('search')}
        <input type="search" placeholder="Title or text" maxlength="100" autocomplete="off" value=${query.value} onInput=${(
          event: Event,
        ) => {
          query.value = (event.currentTarget as HTMLInputElement).value;
        }} />
      </label>
      ${languages.map((language) => missingChip(language))}
      ${isManager ? managerButtons() : null}
    </div>
    <div role="alert">${isGone ? html`<p class="callout callout--danger">This could not be loaded. Check the connection, then load the page again.</p>` : null}</div>
    ${list()}
    ${isManager ? html`${archiveSection({ all, api, set, restore: (one) => void archive(one, false) })}` : null}
    ${
      sheet.is === 'there'
        ? html`<${sheet.View} practice=${practice} api=${api} all=${all} languages=${languages} openedId=${opened.value}
            set=${set} reload=${reload} archive=${(one: QuickResponse) => void archive(one, true)}
            close=${() => {
              opened.value = null;
            }} />`
        : null
    }
    ${
      importer.is === 'there'
        ? html`<${importer.View} api=${api} isOpen=${isImporting.value} reload=${reload} close=${() => {
            isImporting.value = false;
          }} />`
        : null
    }
  `;

  function missingChip(language: string): VNode | null {
    const count = all.responses.filter((one) => !one.isArchived && isWithout(one, language)).length;
    if (count === 0) return null;
    const isPressed = missing.value === language;
    return html`<button type="button" class="chip" key=${language} aria-pressed=${String(isPressed)} onClick=${() => {
      missing.value = isPressed ? null : language;
    }}>Without ${languageName(language)} (${count})</button>`;
  }

  function managerButtons(): VNode {
    const download = (format: 'csv' | 'json') => () => {
      const link = document.createElement('a');
      link.href = api.exportPath(format);
      link.download = '';
      link.click();
    };
    return html`<div class="words-actions">
      <button type="button" class="button" id="responses-more" popovertarget="responses-menu">More${icon('down')}</button>
      ${menu('responses-menu', 'More', [
        {
          label: 'Put in order',
          icon: 'menu',
          choose: () => {
            isArranging.value = true;
          },
        },
        {
          label: 'Take in a file…',
          icon: 'file',
          choose: () => {
            isImporting.value = true;
          },
        },
        { label: 'Export for a spreadsheet (CSV)', icon: 'file', choose: download('csv') },
        { label: 'Export as JSON', icon: 'file', choose: download('json') },
      ])}
      <button type="button" class="button button--primary" onClick=${() => {
        opened.value = 'new';
      }}>${icon('plus')}Add</button>
    </div>`;
  }

  function list(): VNode {
    const fits = (one: QuickResponse) =>
      !one.isArchived && (missing.value === null || isWithout(one, missing.value));
    if (query.value.trim() !== '') {
      const found = findResponses(all, query.value, 'en').filter(({ response }) => fits(response));
      if (found.length === 0) {
        return html`<div class="rows">${emptyState('search', 'Nothing found', 'Try another word of the title or the text.')}</div>`;
      }
      return html`<ul class="rows" aria-label="Found">${found.map(({ response, group }) => responseRow(response, shown, group))}</ul>`;
    }
    const byId = new Map(all.responses.filter(fits).map((one) => [one.id, one]));
    const sections = all.groups
      .map(({ name, ids }) => ({ name, responses: ids.flatMap((id) => byId.get(id) ?? []) }))
      .filter(({ responses }) => responses.length > 0);
    if (sections.length === 0) {
      return missing.value === null
        ? html`<div class="rows">${emptyState('pencil', 'No quick responses yet', isManager ? 'Add what your staff say again and again.' : 'A manager can add some.')}</div>`
        : html`<div class="rows">${emptyState('check', 'Nothing is missing', 'Every quick response has a text in this language.')}</div>`;
    }
    return html`${sections.map(
      (
        { name, responses },
        index,
      ) => html`<section class="section" key=${name} aria-labelledby=${`group-${index}`}>
        <div class="section__head"><h2 class="section__title" id=${`group-${index}`}>${name}</h2><span class="section__aside">${responses.length}</span></div>
        <ul class="rows">${responses.map((one) => responseRow(one, shown))}</ul>
      </section>`,
    )}`;
  }
}
