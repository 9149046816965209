import { afterEach, describe, expect, it, vi } from 'vitest';
import { isSigned, SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../../src/carriers/telnyx-signature.ts';
import { fromHex, TelnyxSigner, toHex } from '../telnyx-signer.ts';

const NOW = 1_795_456_800_000;
const MINUTE_MS = 60_000;
const BODY = '{"data":{"event_type":"message.received","payload":{"text":"¿Sí? 😀"}}}';

/** RFC 8032, section 7.1, TEST 2. */
const RFC_8032 = {
  secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  public: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  message: '72',
  signature:
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
    '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
};

const telnyx = await TelnyxSigner.withKey(RFC_8032.secret, RFC_8032.public);

afterEach(() => vi.restoreAllMocks());

describe('the key', () => {
  it('of RFC 8032 signs in these tests what it signs there', async () => {
    expect(toHex(await telnyx.sign(fromHex(RFC_8032.message)))).toBe(RFC_8032.signature);
  });

  it('of RFC 8032, public part in base64, shows that the body is genuine', async () => {
    expect(telnyx.publicKey).toBe('PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=');
    expect(await isSigned(telnyx.publicKey, await signed(), NOW)).toBe(true);
  });

  it('may have white space around it, as when it was pasted', async () => {
    expect(await isSigned(` ${telnyx.publicKey}\n`, await signed(), NOW)).toBe(true);
  });

  it('of somebody else shows that it is not', async () => {
    const other = await TelnyxSigner.withNewKey();
    expect(await isSigned(other.publicKey, await signed(), NOW)).toBe(false);
    expect(
      await isSigned(other.publicKey, { headers: await other.headers(BODY, NOW), body: BODY }, NOW),
    ).toBe(true);
  });

  it.each([
    '',
    'secret',
    telnyx.publicKey.slice(0, -1),
    telnyx.publicKey.slice(4),
    `${telnyx.publicKey}${telnyx.publicKey}`,
    telnyx.publicKey.replace('+', '-'),
  ])('that was set wrongly lets nobody in, and says so: %j', async (publicKey) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await isSigned(publicKey, await signed(), NOW)).toBe(false);
    expect(log).toHaveBeenCalledWith(expect.stringContaining('TELNYX_PUBLIC_KEY'));
  });
});

describe('a signed request', () => {
  it.each([
    [-5 * MINUTE_MS, true],
    [5 * MINUTE_MS, true],
    [-5 * MINUTE_MS - 1000, false],
    [5 * MINUTE_MS + 1000, false],
    [-NOW, false],
  ])('whose clock is %i ms off: genuine is %s', async (off, isGenuine) => {
    expect(await isSigned(telnyx.publicKey, await signed(NOW + off), NOW)).toBe(isGenuine);
  });

  it.each([
    ['one letter more', `${BODY} `],
    ['one letter less', BODY.slice(0, -1)],
    ['other words', BODY.replace('Sí', 'No')],
    ['the same JSON written differently', JSON.stringify(JSON.parse(BODY), null, 1)],
    ['nothing', ''],
  ])('is not genuine with %s in it', async (_, body) => {
    expect(await isSigned(telnyx.publicKey, { ...(await signed()), body }, NOW)).toBe(false);
  });

  it('is not genuine with another timestamp, not even one that moves the same bytes around', async () => {
    const { headers } = await signed();
    const timestamp = headers.get(TIMESTAMP_HEADER) ?? '';
    for (const other of [String(Number(timestamp) + 1), `0${timestamp}`, ` ${timestamp}.0`, '']) {
      headers.set(TIMESTAMP_HEADER, other);
      expect(await isSigned(telnyx.publicKey, { headers, body: BODY }, NOW), other).toBe(false);
    }
    headers.set(TIMESTAMP_HEADER, timestamp);
    const moved = await telnyx.headers(`x|${BODY}`, NOW);
    moved.set(TIMESTAMP_HEADER, `${timestamp}|x`);
    expect(await isSigned(telnyx.publicKey, { headers: moved, body: BODY }, NOW)).toBe(false);
  });

  it.each(['', 'rubbish', 'A'.repeat(88), `${'A'.repeat(86)}==`, `${'A'.repeat(85)}B==`, '='.repeat(88)])(
    'is not genuine with the signature %j',
    async (signature) => {
      const timestamp = String(NOW / 1000);
      const headers = new Headers({ [SIGNATURE_HEADER]: signature, [TIMESTAMP_HEADER]: timestamp });
      expect(await isSigned(telnyx.publicKey, { headers, body: BODY }, NOW)).toBe(false);
    },
  );

  it.each([SIGNATURE_HEADER, TIMESTAMP_HEADER])('is not genuine without %s', async (name) => {
    const { headers } = await signed();
    headers.delete(name);
    expect(await isSigned(telnyx.publicKey, { headers, body: BODY }, NOW)).toBe(false);
  });

  it('is not genuine with any one bit of the signature turned', async () => {
    const { headers } = await signed();
    const bytes = Uint8Array.from(atob(headers.get(SIGNATURE_HEADER) ?? ''), (byte) => byte.charCodeAt(0));
    for (let bit = 0; bit < bytes.length * 8; bit += 37) {
      const turned = bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      headers.set(SIGNATURE_HEADER, btoa(String.fromCharCode(...turned)));
      expect(await isSigned(telnyx.publicKey, { headers, body: BODY }, NOW), `bit ${bit}`).toBe(false);
    }
  });
});

async function signed(at = NOW): Promise<{ headers: Headers; body: string }> {
  return { headers: await telnyx.headers(BODY, at), body: BODY };
}
