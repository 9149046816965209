import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, useRef, type VNode } from '../../design/html.ts';
import { tabRowId } from '../store.ts';
import { Row } from './row.ts';
import { useWindow } from './use-window.ts';
import { runsOf, type Span } from './window.ts';

interface RowsProps {
  rows: readonly ConversationSummary[];
  isWhole: boolean;
  /** So many rows stand above these. */
  above: number;
}

/** The rows of a section. Of those that are not drawn there is the place. */
export function Rows({ rows, isWhole, above }: RowsProps): VNode {
  const list = useRef<HTMLOListElement>(null);
  const { isLong, span, rowPx } = useWindow(list, rows.length, above);
  const size = isWhole ? rows.length : -1;
  return html`<ol ref=${list}>
    ${runsOf([span, ...withNeighbours(rows)], rows.length).flatMap(({ isGap, from, to }, index) =>
      isGap
        ? [gap(index, (to - from) * rowPx)]
        : rows
            .slice(from, to)
            .map((one, after) => item(one, isLong ? { place: from + after + 1, size } : null)),
    )}
  </ol>`;
}

/** Where it stands among others of which not all are drawn. `size` is -1 where it is not known. */
interface Standing {
  place: number;
  size: number;
}

/** What is in it is not drawn anew because it stands somewhere else. */
function item(conversation: ConversationSummary, standing: Standing | null): VNode {
  return html`<li key=${conversation.id} aria-posinset=${standing?.place} aria-setsize=${standing?.size}>
    <${Row} conversation=${conversation} />
  </li>`;
}

/** Where the keyboard is or will be with the next key. */
function withNeighbours(rows: readonly ConversationSummary[]): Span[] {
  const at = rows.findIndex(({ id }) => id === tabRowId.value);
  return at === -1 ? [] : [{ from: at - 1, to: at + 2 }];
}

function gap(index: number, px: number): VNode {
  return html`<li key=${`gap ${index}`} aria-hidden="true" style=${{ blockSize: `${px}px` }}></li>`;
}
