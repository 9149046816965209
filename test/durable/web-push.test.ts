import { expect, it } from 'vitest';
import { base64url, bytesOf, encrypt, pushRequest } from '../../durable/web-push.ts';
import { decrypted, newBrowserKeys, newVapidKeys, ownKeys, tokenOf } from './push-service.ts';

/** RFC 8291, appendix A. */
const PLAIN = 'When I grow up, I want to be a watermelon';
const SENDER = {
  public: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  private: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
};
const RECEIVER = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};
const SALT = 'DGv6ra1nlYgDCS1FRnbzlw';
const BODY =
  'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN';

it('a push is encrypted as the standard shows it', async () => {
  const own = await ownKeys(SENDER.public, SENDER.private);
  const body = await encrypt(new TextEncoder().encode(PLAIN), RECEIVER, { salt: bytesOf(SALT), own });
  expect(base64url(body)).toBe(BODY);
});

it('a push is read by the browser that it is for, and says who sends it', async () => {
  const [vapid, browser] = [await newVapidKeys(), await newBrowserKeys()];
  const now = Date.parse('2026-11-26T12:00:00Z');
  const push = {
    endpoint: 'https://push.example/send/abc',
    keys: browser.keys,
    payload: 'A caller is waiting',
    topic: 'a'.repeat(32),
    ttlSeconds: 60,
  };
  const request = await pushRequest(push, vapid, now);
  expect(await tokenOf(request, vapid)).toEqual({
    aud: 'https://push.example',
    exp: now / 1000 + 12 * 3600,
    sub: vapid.subject,
  });
  expect(Object.fromEntries(request.headers)).toMatchObject({
    'content-encoding': 'aes128gcm',
    ttl: '60',
    topic: push.topic,
  });
  expect(await decrypted(new Uint8Array(await request.arrayBuffer()), browser)).toBe('A caller is waiting');
});
