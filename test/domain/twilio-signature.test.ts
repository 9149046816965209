import fc from 'fast-check';
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks';
import { describe, expect, it } from 'vitest';
import { calledAddresses, isSigned, sign } from '../../src/carriers/twilio-signature.ts';
import { publicOrigins } from '../../src/domain/practice/public-origins.ts';

const TOKEN = '12345';

const CALL = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};

type Parameters = Record<string, string | string[]>;

function form(parameters: Parameters): URLSearchParams {
  return new URLSearchParams(
    Object.entries(parameters).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  );
}

function isGenuine(header: string | null, url: string, parameters: Parameters, setting?: string) {
  const addresses = calledAddresses(new URL(url), publicOrigins(setting).all);
  return isSigned(TOKEN, header, addresses, form(parameters));
}

/** twilio.com/docs/usage/security, and the tests of twilio-php and twilio-csharp; the token is 12345 in all. */
describe("Twilio's published signatures are genuine", () => {
  it.each<[string, string, string, Parameters]>([
    [
      'of its documentation',
      'L/OH5YylLD5NRKLltdqwSvS0BnU=',
      'https://example.com/myapp.php?foo=1&bar=2',
      { ...CALL, Caller: '+14158675310', From: '+14158675310' },
    ],
    ['plain', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', 'https://mycompany.com/myapp.php?foo=1&bar=2', CALL],
    [
      'without our port',
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
      'https://mycompany.com:1234/myapp.php?foo=1&bar=2',
      CALL,
    ],
    [
      'with our port',
      'CYn1h0gLBdNxDGkKJg6hYohgeD8=',
      'https://mycompany.com:1234/myapp.php?foo=1&bar=2',
      CALL,
    ],
    ['with port 443', 'kvajT1Ptam85bY51eRf/AJRuM3w=', 'https://mycompany.com/myapp.php?foo=1&bar=2', CALL],
    ['http, port 80', '0ZXoZLH/DfblKGATFgpif+LLRf4=', 'http://mycompany.com/myapp.php?foo=1&bar=2', CALL],
    [
      'http, our port',
      'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=',
      'http://mycompany.com:1234/myapp.php?foo=1&bar=2',
      CALL,
    ],
    [
      'with a parameter three times, twice the same',
      'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
      'https://mycompany.com/myapp.php?foo=1&bar=2',
      { Sid: 'CA123', SidAccount: 'AC123', Digits: ['5678', '1234', '1234'] },
    ],
    [
      'without a form',
      'y77kIzt2vzLz71DgmJGsen2scGs=',
      'https://mycompany.com/myapp.php?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
      {},
    ],
  ])('%s', async (_, signature, url, parameters) => {
    expect(await isGenuine(signature, url, parameters)).toBe(true);
  });
});

describe('the address that was signed', () => {
  const callback = 'https://texts.clinic.example/carriers/twilio/messages';

  it('may be that of the public host while a proxy calls us by another', async () => {
    const signature = await sign(TOKEN, callback, form(CALL));
    const inside = 'http://10.0.0.7:8787/carriers/twilio/messages';
    expect(await isGenuine(signature, inside, CALL, 'https://texts.clinic.example')).toBe(true);
    expect(await isGenuine(signature, inside, CALL, 'https://texts.clinic.example/')).toBe(true);
    expect(await isGenuine(signature, inside, CALL, 'https://other.example')).toBe(false);
    expect(await isGenuine(signature, inside, CALL, 'not an origin')).toBe(false);
    const renamed = 'https://new.clinic.example, https://texts.clinic.example';
    expect(await isGenuine(signature, inside, CALL, renamed)).toBe(true);
  });

  it('may be https where a proxy passes it on as http, and another public host of the same deployment', async () => {
    const signature = await sign(TOKEN, callback, form(CALL));
    expect(await isGenuine(signature, callback.replace('https', 'http'), CALL)).toBe(true);
    expect(await isGenuine(signature, callback, CALL, 'https://other.example')).toBe(true);
  });

  it('is never http where we were called by https', async () => {
    const signature = await sign(TOKEN, callback.replace('https', 'http'), form(CALL));
    expect(await isGenuine(signature, callback, CALL)).toBe(false);
  });
});

describe('a signature is not genuine', () => {
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';

  it.each([
    null,
    '',
    'FAIL',
    'RSOYDt4T1cUTdK1PDd93/VVr8B8',
    'RSOYDt4T1cUTdK1PDd93/VVr8B9=',
    ' RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    'RSOYDt4T1cUTdK1PDd93_VVr8B8=',
    'NOTRSOYDt4T1cUTdK1PDd93/VVr8B8=',
    `${'A'.repeat(10_000)}=`,
  ])('as %j', async (header) => {
    expect(await isGenuine(header, url, CALL)).toBe(false);
  });

  it('over a form in which one parameter is another, missing, or new', async () => {
    const genuine = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';
    const { Digits: _, ...shorter } = CALL;
    for (const parameters of [
      { ...CALL, Digits: '1235' },
      shorter,
      { ...CALL, OptOutType: 'STOP' },
      { ...CALL, Digits: ['1234', '5'] },
      {},
    ]) {
      expect(await isGenuine(genuine, url, parameters), JSON.stringify(parameters)).toBe(false);
    }
  });
});

describe("Twilio's own package agrees", () => {
  const words = fc.string({ unit: 'binary', maxLength: 12 });
  const name = fc.oneof(fc.constantFrom('To', 'From', 'Body', 'body', 'A', 'AB'), words);
  const parameters = fc.dictionary(name, fc.oneof(words, fc.array(words, { minLength: 1, maxLength: 4 })), {
    maxKeys: 8,
    noNullPrototype: true,
  });
  const host = fc.constantFrom('a.example', 'texts.clinic.example', '203.0.113.7', 'localhost');
  const port = fc.constantFrom('', ':443', ':8443', ':1');
  const path = fc.constantFrom('', '/', '/carriers/twilio/messages', '/a%20b', '//', '/x;y=1');
  const query = fc.constantFrom('', '?', '?a=1&b=2', '?b=2&a=1', '?message=5%2B5&attempt=1', '?a=%C3%A9');
  const url = fc.tuple(host, port, path, query).map((parts) => new URL(`https://${parts.join('')}`).href);

  it('that what it signs is genuine, with and without the port', async () => {
    await fc.assert(
      fc.asyncProperty(url, parameters, async (called, sent) => {
        for (const address of calledAddresses(new URL(called), [])) {
          const signature = getExpectedTwilioSignature(TOKEN, address, sent);
          expect(await sign(TOKEN, address, form(sent))).toBe(signature);
          expect(await isGenuine(signature, called, sent)).toBe(true);
          expect(validateRequest(TOKEN, signature, called, sent)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('about a signature of one request on another', async () => {
    await fc.assert(
      fc.asyncProperty(
        url,
        url,
        parameters,
        parameters,
        fc.boolean(),
        async (called, other, sent, more, same) => {
          const signed = getExpectedTwilioSignature(TOKEN, other, same ? sent : more);
          expect(await isGenuine(signed, called, sent)).toBe(validateRequest(TOKEN, signed, called, sent));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('about the secret', async () => {
    const wrong = getExpectedTwilioSignature('123456', 'https://a.example/', {});
    expect(await isGenuine(wrong, 'https://a.example/', {})).toBe(false);
  });
});
