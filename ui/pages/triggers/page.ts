import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ManagedTrigger } from '../../../src/domain/triggers/managed-trigger.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { type Answer, focusTitle, type PageProps, pageHref } from '../../shell/page.ts';
import { TriggerList } from './list.ts';
import type { Opened } from './opened.ts';
import { TriggerPage } from './trigger.ts';
import { type Triggers, triggersApi } from './triggers-api.ts';

/** /triggers is the list, /triggers/{id} one of them. */
export function Page({ practice, path }: PageProps): VNode {
  const api = useMemo(() => triggersApi(practice.id), [practice.id]);
  const answer = useSignal<Answer<Triggers> | null>(null);
  const [id] = path;

  const load = async () => {
    answer.value = await api.list();
  };
  useEffect(() => void load(), [api]);
  useEffect(() => {
    if (answer.peek() !== null) focusTitle();
  }, [id]);

  const current = answer.value;
  if (current === null) return framed(skeleton(4, 'row', 'Loading triggers'));
  if (!current.ok) {
    const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
    return framed(emptyState('alert', 'The triggers could not be loaded', current.message, again));
  }
  const changeList = (change: (before: ManagedTrigger[]) => ManagedTrigger[]) => {
    const { lines, triggers } = current.value;
    answer.value = { ok: true, value: { lines, triggers: change(triggers) } };
  };
  if (id === undefined) {
    const added = (trigger: ManagedTrigger) => changeList((before) => [...before, trigger]);
    return html`<${TriggerList} all=${current.value} api=${api} added=${added} />`;
  }
  const trigger = current.value.triggers.find((one) => one.id === id);
  const line = current.value.lines.find((one) => one.id === trigger?.line.id);
  if (trigger === undefined || line === undefined) {
    const back = html`<a class="button" data-inbox href=${pageHref({})}>All triggers</a>`;
    return framed(
      emptyState('bolt', 'This trigger is not there', 'It was revoked, or never was here.', back),
    );
  }
  const opened: Opened = {
    practice,
    trigger,
    line,
    languages: current.value.triggers.filter(
      (one) => one.line.id === line.id && one.useCase === trigger.useCase,
    ),
    ownNumbers: current.value.lines.flatMap(({ number, mainNumber }) => [number, mainNumber ?? number]),
    api,
    changed: (now) => changeList((before) => before.map((one) => (one.id === now.id ? now : one))),
    reload: load,
  };
  return html`<${TriggerPage} key=${trigger.id} opened=${opened} />`;
}

function framed(content: VNode): VNode {
  return html`${pageHead({ title: 'Triggers' })}<div class="page__body">${content}</div>`;
}
