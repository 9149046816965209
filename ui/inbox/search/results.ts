/** What a search found, in one script with its styles: people first, then texts with the words marked. */
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { emptyState } from '../../design/parts.ts';
import { stylesheet } from '../../shell/stylesheet.ts';
import { announce } from '../announcer.ts';
import { focusedRowId, focusNow, SEARCH } from '../focus.ts';
import { found, listed } from '../store.ts';
import { foundRow } from './found-row.ts';
import { FoundPatients } from './patients.ts';

await stylesheet('/assets/search.css');

export function SearchResults(): VNode | null {
  const current = found.value;
  const query = current?.query ?? '';
  const isReady = current?.load.is === 'ready';
  const count = listed.value.length;
  useEffect(() => {
    if (isReady) announce(countWords(count, current.nextCursor !== null));
  }, [query, isReady]);
  if (current === null) return null;
  const rows = listed.value;
  if (rows.length === 0) return isReady ? html`${nothing(query)}<${FoundPatients} query=${query} />` : null;
  const isCaller = ({ id }: ConversationSummary) => current.hits.get(id)?.isCaller === true;
  return html`<div onKeyDown=${backToField}>
    ${group('callers', 'Callers', rows.filter(isCaller), query)}
    ${group(
      'texts',
      'Texts',
      rows.filter((one) => !isCaller(one)),
      query,
    )}
    ${current.nextCursor === null && isReady ? html`<${FoundPatients} query=${query} />` : null}
  </div>`;
}

function group(
  key: string,
  title: string,
  rows: readonly ConversationSummary[],
  query: string,
): VNode | null {
  if (rows.length === 0) return null;
  return html`<section class="list-section" key=${key} aria-labelledby=${`found-${key}`}>
    <h3 class="list-section__title" id=${`found-${key}`}>${title}</h3>
    <ol>${rows.map((one) => foundRow(one, found.value?.hits.get(one.id), query))}</ol>
  </section>`;
}

function countWords(count: number, isMore: boolean): string {
  if (count === 0) return 'No conversation found';
  if (isMore) return `More than ${count} conversations found`;
  return count === 1 ? 'One conversation found' : `${count} conversations found`;
}

function nothing(query: string): VNode {
  return emptyState(
    'search',
    'Nothing found',
    html`No caller or text has <strong><bdi>${query}</bdi></strong>. Try fewer words, the beginning of a word, or part of a number, such as its last four digits.`,
  );
}

/** Up from the first row, the keyboard is in the field again. */
function backToField(event: KeyboardEvent): void {
  if (event.key !== 'ArrowUp' || focusedRowId() !== listed.peek()[0]?.id) return;
  event.preventDefault();
  focusNow(SEARCH);
}
