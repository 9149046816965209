import { describe, expect, it } from 'vitest';
import { type Answered, automaticAnswerTo, tells } from '../../src/domain/conversation/automatic-answer.ts';
import { NO_CONSENT } from '../../src/domain/conversation/consent.ts';
import { meaningOf } from '../../src/domain/conversation/text-in-meaning.ts';

const CLOSED = { en: 'We are closed.', es: 'Estamos cerrados.' };
const WORDING = { en: 'If this is an emergency, call 911.', es: 'Si es una emergencia, llame al 911.' };

/** Somebody who writes at night that it cannot wait. */
function answered(changes: Partial<Answered> = {}): ReturnType<typeof automaticAnswerTo> {
  const body = changes.body ?? 'I have chest pain';
  return automaticAnswerTo({
    body,
    meaning: meaningOf(body, NO_CONSENT, 1),
    language: 'en',
    practiceName: 'Lakeside',
    doNotText: false,
    carrierAnswersKeywords: false,
    afterHours: { text: CLOSED, closedSince: 5 },
    emergency: { text: WORDING, closedSince: 5 },
    repliedAfterHoursOf: null,
    toldEmergencyOf: null,
    ...changes,
  });
}

describe('who writes at night that it cannot wait', () => {
  it('is told what to do in one text with the after-hours reply, in their language', () => {
    expect(answered()).toEqual({
      text: `${CLOSED.en}\n\n${WORDING.en}`,
      afterHours: { repliedAfterHoursOf: 5, toldEmergencyOf: 5 },
    });
    expect(answered({ language: 'es-MX' })?.text).toBe(`${CLOSED.es}\n\n${WORDING.es}`);
  });

  it('is told by itself where they have had the reply, or the practice wants none', () => {
    expect(answered({ repliedAfterHoursOf: 5 })).toEqual({
      text: WORDING.en,
      afterHours: { repliedAfterHoursOf: 5, toldEmergencyOf: 5 },
    });
    expect(answered({ afterHours: null })).toEqual({
      text: WORDING.en,
      afterHours: { repliedAfterHoursOf: null, toldEmergencyOf: 5 },
    });
  });

  it('is told once in a closed period', () => {
    expect(answered({ repliedAfterHoursOf: 5, toldEmergencyOf: 5 })).toBeNull();
    expect(answered({ repliedAfterHoursOf: 4, toldEmergencyOf: 4 })?.text).toContain(WORDING.en);
  });

  it('is not told twice in one text', () => {
    const said = { text: { en: 'We are closed. In an emergency, call 911.' }, closedSince: 5 };
    expect(answered({ afterHours: said })).toEqual({
      text: said.text.en,
      afterHours: { repliedAfterHoursOf: 5, toldEmergencyOf: 5 },
    });
    expect(tells('Closed. Call 911.', 'If you may harm yourself call 988, else 911.')).toBe(false);
    expect(tells('Closed. Go to the nearest hospital!', 'Go to the nearest hospital')).toBe(true);
    expect(tells('Closed.', 'Go to the nearest hospital')).toBe(false);
  });

  it('is told nothing where nobody may text them, and no machine is answered', () => {
    expect(answered({ doNotText: true })).toBeNull();
    const optedOut = { state: 'opted-out', source: 'texted-in', at: 1 } as const;
    expect(answered({ meaning: meaningOf('chest pain', optedOut, 2) })).toBeNull();
    expect(
      answered({ body: 'Automatic reply: I am out of the office. In an emergency call me.' }),
    ).toBeNull();
  });

  it('of all others only the reply is heard', () => {
    expect(answered({ body: 'Are you there?', emergency: null })).toEqual({
      text: CLOSED.en,
      afterHours: { repliedAfterHoursOf: 5, toldEmergencyOf: null },
    });
    expect(answered({ body: 'Are you there?', emergency: null, afterHours: null })).toBeNull();
  });
});
