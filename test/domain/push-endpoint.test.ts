import { describe, expect, it } from 'vitest';
import { mayPushTo } from '../../src/domain/telling/push-endpoint.ts';

describe('where a push may go', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
  ])('%s', (endpoint) => expect(mayPushTo(endpoint, false)).toBe(true));

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://localhost/push',
    'https://127.0.0.1/push',
    'https://[::1]/push',
    'https://10.0.0.5/push',
    'https://2130706433/push',
    'https://push.internal/push',
    'https://printer.local/push',
    'https://push.example:8443/push',
    'https://me:secret@push.example/push',
    'https://intranet/push',
    `https://push.example/${'a'.repeat(1000)}`,
    'ftp://push.example/push',
    'nonsense',
    '',
  ])('but not %s', (endpoint) => expect(mayPushTo(endpoint, false)).toBe(false));

  it('to a server on the same machine only where that is the developer’s own', () => {
    expect(mayPushTo('http://127.0.0.1:9999/push', true)).toBe(true);
    expect(mayPushTo('http://127.0.0.1:9999/push', false)).toBe(false);
    expect(mayPushTo('http://10.0.0.5/push', true)).toBe(false);
  });
});
