import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOfEntry, NO_ENTRY } from '../../src/domain/audit/audit-chain.ts';
import { changedFields, keptDetail, MAX_DETAIL } from '../../src/domain/audit/audit-detail.ts';

describe('what an entry keeps of a change', () => {
  it('is what differs', () => {
    expect(changedFields({ a: 1, b: [1], c: 'x' }, { a: 2, b: [1], d: null })).toEqual({
      before: { a: 1, c: 'x' },
      after: { a: 2 },
    });
    expect(changedFields(null, { a: 1 })).toEqual({ before: null, after: { a: 1 } });
  });

  it('is nothing that lets anybody in, and nothing that was written to a caller', () => {
    const secret = {
      passwordHash: 'x',
      previousToken: 'x',
      apiSecret: 'x',
      body: 'x',
      Message: 'x',
      proof: 'x',
    };
    expect(keptDetail({ ...secret, inside: [{ ...secret, name: 'Ana' }], name: 'Bo' })).toEqual({
      inside: [{ name: 'Ana' }],
      name: 'Bo',
    });
  });

  it('fits, whatever it is, and is JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 8 })), fc.nat(3), (detail, times) => {
        const long = { ...detail, text: 'long '.repeat(10 ** times), list: Array(10 ** times).fill(detail) };
        const kept = keptDetail(long);
        expect(JSON.stringify(kept).length).toBeLessThanOrEqual(MAX_DETAIL + 4_000);
        expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
      }),
    );
  });
});

describe('the hash of an entry', () => {
  const row = {
    seq: 1,
    id: 'e-1',
    at: 1,
    recorded_at: 2,
    who: 'staff',
    who_id: 'ana',
    who_name: 'Ana',
    address: null,
    browser: null,
    action: 'signed-in',
    subject: 'person',
    subject_id: 'ana',
    subject_label: 'Ana',
    before: null,
    after: null,
    previous: NO_ENTRY,
  };

  it('is of everything in it, and tells where one field ends and the next begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(row)), fc.string({ minLength: 1 }), (field, value) => {
        fc.pre(row[field as keyof typeof row] !== value);
        expect(hashOfEntry({ ...row, [field]: value })).not.toBe(hashOfEntry(row));
      }),
    );
    expect(hashOfEntry({ ...row, who_id: 'an', who_name: 'aAna' })).not.toBe(hashOfEntry(row));
    expect(hashOfEntry({ ...row, address: '' })).not.toBe(hashOfEntry(row));
  });
});
