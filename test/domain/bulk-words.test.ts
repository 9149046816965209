import { describe, expect, it } from 'vitest';
import { bulkWords } from '../../ui/inbox/choosing/bulk-words.ts';

const refused = (...reasons: ('changed-meanwhile' | 'not-found' | 'unavailable')[]) =>
  reasons.map((reason, n) => ({ id: String(n), reason }));

describe('what came of changing many', () => {
  it('is one sentence where all went well', () => {
    expect(bulkWords({ all: 5, changed: 5, did: 'done', refused: [], message: null })).toBe(
      '5 conversations are done',
    );
    expect(bulkWords({ all: 1, changed: 1, did: 'assigned to Kim', refused: [], message: null })).toBe(
      '1 conversation is assigned to Kim',
    );
  });

  it('says of how many, and why not of the others', () => {
    const some = refused('changed-meanwhile', 'changed-meanwhile');
    expect(bulkWords({ all: 5, changed: 3, did: 'done', refused: some, message: null })).toBe(
      '3 of 5 conversations are done. 2 were changed by somebody else meanwhile.',
    );
    const none = refused('changed-meanwhile', 'not-found', 'unavailable');
    expect(bulkWords({ all: 3, changed: 0, did: 'as before', refused: none, message: null })).toBe(
      'None of 3 conversations is as before. 1 was changed by somebody else meanwhile. 1 is not there any more. 1 was not reached: try again.',
    );
  });

  it('says what the server said, where it did not answer at all or only at first', () => {
    const message = 'Offhook could not be reached.';
    expect(bulkWords({ all: 5, changed: 0, did: 'done', refused: [], message })).toBe(message);
    expect(bulkWords({ all: 150, changed: 100, did: 'done', refused: [], message })).toBe(
      '100 of 150 conversations are done. Offhook could not be reached.',
    );
  });
});
