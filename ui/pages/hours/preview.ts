import { useSignal } from '@preact/signals';
import { wallInstant } from '../../../src/domain/hours/wall-instant.ts';
import { describedBy, field } from '../../design/form-parts.ts';
import { formatInFull, formatUntil, languageName } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { languageChoices } from '../../design/language-choices.ts';
import { badge } from '../../design/parts.ts';
import { triggerTitle } from '../../design/trigger-words.ts';
import { wouldHappenWords } from '../../design/would-happen-words.ts';
import { minute } from '../../shell/page.ts';
import type { HoursApi, OpenAt } from './hours-api.ts';

export interface Preview {
  api: HoursApi;
  lineId: string | null;
  timeZone: string;
  /** Languages that there are texts in. */
  languages: readonly string[];
  /** What was asked is of other hours as soon as this changes. */
  saved: unknown;
}

interface Told {
  at: number;
  openAt: OpenAt;
  triggers: { id: string; title: string; line: string; words: string }[];
}

/** "What happens at …", by the hours as they are saved. */
export function PreviewForm({ api, lineId, timeZone, languages, saved }: Preview): VNode {
  const written = useSignal('');
  const language = useSignal(languages[0] ?? 'en');
  const told = useSignal<Told | null>(null);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => {
    told.value = null;
  }, [saved]);

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.value) return;
    const at = written.value === '' ? Date.now() : wallInstant(written.value, timeZone);
    if (at === null) {
      error.value = 'Choose a day and a time.';
      return;
    }
    isBusy.value = true;
    const answer = await look(api, lineId, at, language.value, timeZone);
    isBusy.value = false;
    told.value = answer.ok ? answer.told : null;
    error.value = answer.ok ? null : answer.message;
  }

  const offered = [...languages, ...languageChoices(languages).map(({ tag }) => tag)];
  return html`
    <form class="form" onSubmit=${ask}>
      ${field({
        id: 'preview-at',
        label: 'Day and time, by the clock of these hours',
        error: error.value,
        control: html`<input id="preview-at" type="datetime-local" min="2000-01-01T00:00" max="2099-12-31T23:59" value=${written.value} aria-describedby=${describedBy({ id: 'preview-at', error: error.value, help: true })} onInput=${(
          event: Event,
        ) => {
          written.value = (event.currentTarget as HTMLInputElement).value;
        }} />`,
        help: 'Empty means now.',
      })}
      ${field({
        id: 'preview-language',
        label: 'Language of the conversation',
        control: html`<select id="preview-language" value=${language.value} onChange=${(event: Event) => {
          language.value = (event.currentTarget as HTMLSelectElement).value;
        }}>
          ${offered.map((tag) => html`<option key=${tag} value=${tag} selected=${tag === language.value}>${languageName(tag)}</option>`)}
        </select>`,
      })}
      <div class="form__actions"><button type="submit" class="button" aria-disabled=${isBusy.value ? 'true' : undefined}>Tell me</button></div>
    </form>
    <div role="status" class="told">${told.value === null ? null : inWords(told.value, timeZone)}</div>
  `;
}

type Looked = { ok: true; told: Told } | { ok: false; message: string };

async function look(
  api: HoursApi,
  lineId: string | null,
  at: number,
  language: string,
  timeZone: string,
): Promise<Looked> {
  const [openAt, all] = await Promise.all([api.openAt(lineId, at, language), api.triggers()]);
  if (!openAt.ok) return openAt;
  if (!all.ok) return all;
  const ofLine = all.value.triggers.filter(({ line }) => lineId === null || line.id === lineId);
  const answers = await Promise.all(ofLine.map(({ id }) => api.wouldHappen(id, at)));
  const triggers = ofLine.map((trigger, index) => {
    const answer = answers[index];
    const words = answer?.ok
      ? wouldHappenWords(answer.value, minute.peek(), timeZone)
      : (answer?.message ?? '');
    return { id: trigger.id, title: triggerTitle(trigger), line: trigger.line.name, words };
  });
  return { ok: true, told: { at, openAt: openAt.value, triggers } };
}

function inWords({ at, openAt: { opening, reply }, triggers }: Told, timeZone: string): VNode {
  return html`<p class="told__at">${formatInFull(at, timeZone)}</p>
    <p>${opening.isOpen ? badge('Open', 'ok') : badge('Closed', 'warn')} ${openingWords(openAtWords(opening), at, timeZone)}</p>
    ${opening.isOpen || opening.holiday === null ? null : html`<p>It is ${opening.holiday.name}.</p>`}
    ${
      reply === null
        ? html`<p>Who texts then gets no automatic reply.</p>`
        : html`<p>Who texts then gets, once:</p><p class="preview__bubble" dir="auto">${reply.text}</p>`
    }
    ${triggers.length === 0 ? null : html`<dl class="told__triggers">${triggers.map(({ id, title, line, words }) => html`<div key=${id}><dt>${title}<span class="section__aside"> · ${line}</span></dt><dd dir="auto">${words}</dd></div>`)}</dl>`}`;
}

interface Until {
  verb: string;
  at: number | null;
}

function openAtWords(opening: OpenAt['opening']): Until {
  return opening.isOpen ? { verb: 'Until', at: opening.closesAt } : { verb: 'Opens', at: opening.opensAt };
}

function openingWords({ verb, at: until }: Until, at: number, timeZone: string): string {
  if (until === null)
    return verb === 'Until' ? 'around the clock.' : 'It does not open again within ten years.';
  return `${verb} ${formatUntil(until, at, timeZone)}.`;
}
