import { describe, expect, it } from 'vitest';
import type { PracticeAlarm } from '../../src/domain/inbox/practice-alarm.ts';
import { alarmWords } from '../../ui/inbox/alarm-words.ts';

const ZONE = 'America/Los_Angeles';
const at = (written: string) => Date.parse(written);
const NOW = at('2026-11-25T12:00:00-08:00');
const TEN = at('2026-11-25T10:04:00-08:00');

const account: PracticeAlarm = {
  id: 'account-1-main',
  kind: 'account',
  detail: 'account',
  line: { id: 'main', name: 'Main line' },
  carrier: 'twilio',
  count: 12,
  firstAt: TEN,
  lastAt: NOW,
};

function words(alarm: PracticeAlarm): string {
  return alarmWords(alarm, NOW, ZONE).what;
}

describe('an alarm says what happened, since when and how often', () => {
  it('when texts are refused', () => {
    expect(words(account)).toBe('Twilio has refused texts from Main line since 10:04 AM (12 times).');
    expect(words({ ...account, count: 1 })).toBe('Twilio refused a text from Main line (10:04 AM).');
  });

  it('when texts are taken for spam', () => {
    expect(words({ ...account, detail: 'spam-filtered', carrier: 'telnyx', count: 2 })).toBe(
      'Telnyx has held back texts from Main line as unwanted advertising since 10:04 AM (2 times).',
    );
  });

  it('when a signature is wrong, in the words of its carrier', () => {
    const signature: PracticeAlarm = { ...account, kind: 'signature', detail: null };
    expect(words(signature)).toContain('claims to be from Twilio for Main line has a wrong signature');
    expect(words(signature)).toContain('(10:04 AM, last 12:00 PM)');
    expect(words({ ...signature, lastAt: TEN })).toContain('(10:04 AM)');
    expect(words({ ...signature, carrier: 'kannel' })).toContain('has a wrong token');
    expect(alarmWords(signature, NOW, ZONE).toDo).toContain('TWILIO_AUTH_TOKEN');
    expect(words({ ...signature, carrier: 'simulator' })).toContain('from the simulated carrier');
  });

  it('when lost texts were found', () => {
    const recovered: PracticeAlarm = { ...account, kind: 'recovered', detail: null, count: 3 };
    expect(words(recovered)).toBe(
      '3 texts to Main line that never reached us were fetched from Twilio and are in the inbox (12:00 PM).',
    );
    expect(words({ ...recovered, count: 1 })).toContain('1 text to Main line that never reached us was');
  });

  it.each([
    ['2026-11-24T23:59:00-08:00', 'yesterday 11:59 PM'],
    ['2026-11-22T09:00:00-08:00', 'Sun 9:00 AM'],
    ['2026-11-03T09:00:00-08:00', 'Tuesday, November 3, 9:00 AM'],
  ])('%s is %s', (written, said) => {
    expect(words({ ...account, firstAt: at(written) })).toContain(`since ${said} (`);
  });
});
