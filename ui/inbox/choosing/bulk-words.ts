import type { BulkResult } from '../../../src/domain/conversation/bulk-change.ts';

interface Happened {
  all: number;
  changed: number;
  /** What those that were changed are now. */
  did: string;
  refused: BulkResult['refused'];
  /** Where the server did not answer: why. */
  message: string | null;
}

/** What came of changing many, in words: how many of them, and why not the others. */
export function bulkWords({ all, changed, did, refused, message }: Happened): string {
  const how = changed === all ? countOf(all) : `${changed} of ${countOf(all)}`;
  const why = (['changed-meanwhile', 'not-found', 'unavailable'] as const).flatMap((reason) => {
    const n = refused.filter((one) => one.reason === reason).length;
    return n === 0 ? [] : [WHY[reason](n)];
  });
  const are = `${changed === 0 ? `None of ${countOf(all)}` : how} ${changed > 1 ? 'are' : 'is'} ${did}`;
  const said = why.length > 0 || message !== null ? `${are}.` : are;
  return [changed === 0 && message !== null ? '' : said, ...why, message ?? ''].filter(Boolean).join(' ');
}

export function countOf(n: number): string {
  return `${n} ${n === 1 ? 'conversation' : 'conversations'}`;
}

const WHY: Record<BulkResult['refused'][number]['reason'], (n: number) => string> = {
  'changed-meanwhile': (n) => `${were(n)} changed by somebody else meanwhile.`,
  'not-found': (n) => `${n} ${n === 1 ? 'is' : 'are'} not there any more.`,
  unavailable: (n) => `${were(n)} not reached: try again.`,
};

function were(n: number): string {
  return `${n} ${n === 1 ? 'was' : 'were'}`;
}
