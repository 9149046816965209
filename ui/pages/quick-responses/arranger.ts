import { useSignal } from '@preact/signals';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import {
  isSameName,
  MAX_GROUP_NAME_LENGTH,
  MAX_GROUPS,
  type ResponseGroup,
  tidyName,
} from '../../../src/domain/words/quick-response.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { announce, focusSoon, notify, useUnsaved } from '../../shell/page.ts';
import { movedGroup, movedResponse, placedBefore } from './arrangement.ts';
import type { AllResponses, ResponsesApi } from './responses-api.ts';

interface Arranging {
  api: ResponsesApi;
  all: AllResponses;
  set: (next: Partial<AllResponses>) => void;
  close: () => void;
}

/** Groups and the order in them, by dragging, by buttons, or by the arrow keys; saved at once. */
export function Arranger({ api, all, set, close }: Arranging): VNode {
  const groups = useSignal<ResponseGroup[]>(all.groups);
  const base = useSignal<ResponseGroup[]>(all.groups);
  const dragged = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  /** What somebody else saved meanwhile. */
  const theirs = useSignal<ResponseGroup[] | null>(null);
  const byId = new Map(all.responses.map((one) => [one.id, one]));
  const isChanged = !isSameJson(groups.value, base.value);
  useUnsaved(isChanged);

  const nameFault = groups.value
    .map(({ name }, index) => {
      if (tidyName(name) === '') return 'Give each group a name.';
      const isTwice = groups.value.some((other, before) => before < index && isSameName(other.name, name));
      return isTwice ? `There are two groups named “${tidyName(name)}”. Give one another name.` : null;
    })
    .find((fault) => fault !== null);

  async function save(seen: ResponseGroup[]): Promise<void> {
    if (isBusy.peek() || !isChanged) return;
    error.value = nameFault ?? null;
    if (nameFault !== undefined) return;
    isBusy.value = true;
    const tidy = groups.peek().map(({ name, ids }) => ({ name: tidyName(name), ids }));
    const answer = await api.arrange(tidy, seen);
    const now = !answer.ok && answer.code === 'changed-meanwhile' ? await api.all() : null;
    isBusy.value = false;
    if (answer.ok) {
      set(answer.value);
      notify('The order is saved.');
      close();
    } else if (now?.ok) {
      set(now.value);
      theirs.value = now.value.groups;
      focusSoon('#overtaken-title');
    } else {
      error.value = answer.message;
    }
  }

  const where = (id: string) => {
    const group = groups.peek().find(({ ids }) => ids.includes(id));
    const ids = (group?.ids ?? []).filter((one) => byId.get(one)?.isArchived === false);
    return `${ids.indexOf(id) + 1} of ${ids.length} in ${group?.name ?? ''}`;
  };
  const isShown = (id: string) => byId.get(id)?.isArchived === false;
  const move = (id: string, by: 1 | -1, focus: string) => {
    groups.value = movedResponse(groups.value, id, by, isShown);
    announce(`${byId.get(id)?.title ?? ''}, ${where(id)}`);
    focusSoon(focus);
  };
  const drag = (event: PointerEvent, id: string) => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.value = id;
  };
  const dragOver = (event: PointerEvent) => {
    const id = dragged.peek();
    if (id === null) return;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const row = under?.closest<HTMLElement>('[data-arranged]');
    const group = under?.closest<HTMLElement>('[data-group]')?.dataset.group;
    if (group === undefined || row?.dataset.arranged === id) return;
    const box = row?.getBoundingClientRect();
    const isBelow = box !== undefined && event.clientY > box.top + box.height / 2;
    groups.value = placedBefore(groups.peek(), id, {
      group: Number(group),
      id: row?.dataset.arranged ?? null,
      isAfter: isBelow,
    });
  };
  const drop = () => {
    const id = dragged.peek();
    dragged.value = null;
    if (id !== null) announce(`${byId.get(id)?.title ?? ''}, ${where(id)}`);
  };

  return html`<form class="form arranger" noValidate onSubmit=${(event: SubmitEvent) => {
    event.preventDefault();
    void save(base.value);
  }}>
    <p class="field__help">Drag by the handle, or use the arrow keys on it. Nothing changes for others until you save.</p>
    ${groups.value.map((group, index) => groupBox(group, index))}
    ${
      groups.value.length < MAX_GROUPS
        ? html`<div><button type="button" class="button" onClick=${() => {
            groups.value = [...groups.value, { name: '', ids: [] }];
            focusSoon(`#group-name-${groups.value.length - 1}`);
          }}>${icon('plus')}Add a group</button></div>`
        : null
    }
    ${theirs.value === null ? null : overtaken(theirs.value)}
    <div class="save-bar">
      <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
      <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value && theirs.value === null ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save order'}</button>
      <button type="button" class="button button--quiet" onClick=${close}>${isChanged ? 'Discard' : 'Close'}</button>
      <span class="field__help" role="status">${isChanged ? 'Not saved yet' : 'Saved'}</span>
    </div>
  </form>`;

  function groupBox({ name, ids }: ResponseGroup, index: number): VNode {
    const label = name === '' ? 'the new group' : name;
    const move = (by: 1 | -1) => {
      groups.value = movedGroup(groups.value, index, by);
      announce(`${label}, group ${index + by + 1} of ${groups.value.length}`);
      focusSoon(`#group-${by < 0 ? 'up' : 'down'}-${index + by}`);
    };
    const shown = ids.filter(isShown);
    return html`<section class="section" key=${index} data-group=${index} aria-label=${`Group ${label}`}>
      <div class="section__head">
        <div class="field arranger__name">
          <label class="visually-hidden" for=${`group-name-${index}`}>Name of group ${index + 1}</label>
          <input id=${`group-name-${index}`} maxlength=${MAX_GROUP_NAME_LENGTH} autocomplete="off" placeholder="Name of the group" value=${name} onInput=${(
            event: Event,
          ) => {
            const { value } = event.currentTarget as HTMLInputElement;
            groups.value = groups.value.map((one, at) => (at === index ? { ...one, name: value } : one));
            error.value = null;
          }} />
        </div>
        <div class="arranger__moves">
          ${moveButton(`group-up-${index}`, 'up', `Move ${label} up`, index > 0, () => move(-1))}
          ${moveButton(`group-down-${index}`, 'down', `Move ${label} down`, index < groups.value.length - 1, () => move(1))}
          ${
            ids.length === 0 && groups.value.length > 1
              ? html`<button type="button" class="button button--quiet" onClick=${() => {
                  groups.value = groups.value.filter((_, at) => at !== index);
                  focusSoon('#page-title');
                }}>Remove${hidden(` ${label}`)}</button>`
              : null
          }
        </div>
      </div>
      ${
        shown.length === 0
          ? html`<p class="arranger__empty">Empty: drag something here.</p>`
          : html`<ol class="rows">${shown.map((id) => row(id))}</ol>`
      }
    </section>`;
  }

  function row(id: string): VNode {
    const title = byId.get(id)?.title ?? '';
    const flat = groups.value.flatMap(({ ids }) => ids.filter(isShown));
    const first = flat[0] === id && groups.value[0]?.ids.includes(id) === true;
    const last = flat.at(-1) === id && groups.value.at(-1)?.ids.includes(id) === true;
    const key = (event: KeyboardEvent) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
      if (by === undefined) return;
      event.preventDefault();
      move(id, by, `#handle-${id}`);
    };
    return html`<li class="rows__row arranger__row" key=${id} data-arranged=${id} data-dragged=${String(dragged.value === id)}>
      <button type="button" class="icon-button arranger__handle" id=${`handle-${id}`} aria-label=${`Order of ${title}: ${where(id)}. Use the arrow keys.`}
        onPointerDown=${(event: PointerEvent) => drag(event, id)} onPointerMove=${dragOver} onPointerUp=${drop} onPointerCancel=${drop} onKeyDown=${key}>${icon('menu')}</button>
      <div class="rows__main">${title}</div>
      <div class="arranger__moves">
        ${moveButton(`up-${id}`, 'up', `Move ${title} up`, !first, () => move(id, -1, `#up-${id}`))}
        ${moveButton(`down-${id}`, 'down', `Move ${title} down`, !last, () => move(id, 1, `#down-${id}`))}
      </div>
    </li>`;
  }

  function overtaken(now: ResponseGroup[]): VNode {
    const inWords = (list: ResponseGroup[]) =>
      list.map(({ name, ids }) => `${name} (${ids.filter(isShown).length})`).join(', ');
    return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
      <div>
        <h2 id="overtaken-title" tabindex="-1">Somebody else changed the order meanwhile</h2>
        <ul class="differences"><li><span>Yours: ${inWords(groups.value)}</span><span>Theirs: ${inWords(now)}</span></li></ul>
        <div class="form__actions">
          <button type="button" class="button" onClick=${() => {
            groups.value = now;
            base.value = now;
            theirs.value = null;
            focusSoon('#page-title');
          }}>Take theirs</button>
          <button type="button" class="button" onClick=${() => {
            theirs.value = null;
            base.value = now;
            void save(now);
          }}>Save mine over it</button>
        </div>
      </div>
    </section>`;
  }
}

function moveButton(
  id: string,
  way: 'up' | 'down',
  label: string,
  isPossible: boolean,
  move: () => void,
): VNode {
  return html`<button type="button" class="icon-button" id=${id} data-way=${way} aria-label=${label} aria-disabled=${isPossible ? undefined : 'true'} onClick=${() => {
    if (isPossible) move();
  }}>${icon('down')}</button>`;
}
