import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProof, signProof, type TestProof } from '../../src/domain/triggers/test-proof.ts';
import { USE_CASES } from '../../src/domain/triggers/use-case.ts';

const SECRET = 'shared by two deployments';
const NOW = Date.parse('2026-11-25T18:00Z');

const proofs: fc.Arbitrary<TestProof> = fc.record({
  practiceId: fc.stringMatching(/^[a-z0-9-]{1,64}$/),
  useCase: fc.constantFrom(...USE_CASES),
  language: fc.constantFrom('en', 'es', 'pt-BR', 'zh-Hant-TW'),
  testedAt: fc.integer({ min: 0, max: NOW }),
  expiresAt: fc.integer({ min: NOW - 1000, max: NOW + 1000 }),
});

describe('a proof of a test', () => {
  it('says the same to who has the secret, until it ends', async () => {
    await fc.assert(
      fc.asyncProperty(proofs, async (proof) => {
        const read = await readProof(SECRET, await signProof(SECRET, proof), NOW);
        expect(read).toEqual(NOW < proof.expiresAt ? { is: 'valid', proof } : { is: 'expired' });
      }),
    );
  });

  it('is worth nothing with another secret, or when one character of it is another', async () => {
    await fc.assert(
      fc.asyncProperty(proofs, fc.nat(), fc.constantFrom('A', 'b', '0', '_'), async (proof, at, other) => {
        const signed = await signProof(SECRET, { ...proof, expiresAt: NOW + 1 });
        expect(await readProof('another', signed, NOW)).toEqual({ is: 'forged' });
        // The last character carries two bits that no byte uses.
        const place = at % (signed.length - 1);
        if (signed[place] === other) return;
        const changed = signed.slice(0, place) + other + signed.slice(place + 1);
        expect((await readProof(SECRET, changed, NOW)).is).not.toBe('valid');
      }),
    );
  });

  it('is read without a fault whatever is pasted', async () => {
    const pasted = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1200 }),
      fc.stringMatching(/^offhook-test-1\.[\w-]{0,80}\.[\w-]{43}$/),
    );
    await fc.assert(
      fc.asyncProperty(pasted, async (text) => {
        expect((await readProof(SECRET, text, NOW)).is).toMatch(/^(unreadable|forged)$/);
      }),
    );
  });
});
