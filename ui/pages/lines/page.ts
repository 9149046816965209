import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { type Answer, focusTitle, type PageProps, pageHref } from '../../shell/page.ts';
import { LinePage } from './line-page.ts';
import { type AllLines, linesApi, type ShownLine } from './lines-api.ts';
import { LineList } from './list.ts';

/** /lines is the list, /lines/{id} one of them. */
export function Page({ practice, path }: PageProps): VNode {
  const api = useMemo(() => linesApi(practice.id), [practice.id]);
  const answer = useSignal<Answer<AllLines> | null>(null);
  const [id] = path;

  const load = async () => {
    answer.value = await api.all();
  };
  useEffect(() => void load(), [api]);
  useEffect(() => {
    if (answer.peek() !== null) focusTitle();
  }, [id]);

  const current = answer.value;
  if (current === null) return framed(skeleton(4, 'row', 'Loading lines'));
  if (!current.ok) {
    const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
    return framed(emptyState('alert', 'The lines could not be loaded', current.message, again));
  }
  const all = current.value;
  if (id === undefined) {
    const added = (line: ShownLine) => {
      answer.value = { ok: true, value: { ...all, lines: [...all.lines, line] } };
    };
    return html`<${LineList} practice=${practice} all=${all} api=${api} added=${added} />`;
  }
  const line = [...all.lines, ...all.retired].find((one) => one.id === id);
  if (line === undefined) {
    const back = html`<a class="button" data-inbox href=${pageHref({})}>All lines</a>`;
    return framed(emptyState('phone', 'This line is not there', 'It never was one of this practice.', back));
  }
  const changed = (now: ShownLine) => {
    const put = (lines: ShownLine[]) => lines.map((one) => (one.id === now.id ? now : one));
    answer.value = { ok: true, value: { ...all, lines: put(all.lines), retired: put(all.retired) } };
  };
  const opened = { practice, line, carriers: all.carriers, api, changed, reload: load };
  return html`<${LinePage} key=${line.id} ...${opened} />`;
}

function framed(content: VNode): VNode {
  return html`${pageHead({ title: 'Lines' })}<div class="page__body">${content}</div>`;
}
