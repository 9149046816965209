import type { HoursSetting } from '../domain/hours/after-hours.ts';
import { FEDERAL_HOLIDAYS } from '../domain/hours/federal-holidays.ts';
import type { Span } from '../domain/hours/schedule.ts';

const MORNING_AND_AFTERNOON: Span[] = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
];

/** Of the demo practices: Lakeside is closed over lunch; Harbor has a long Tuesday and a Saturday morning. */
export const LAKESIDE_HOURS: HoursSetting = {
  timeZone: null,
  week: [...Array.from({ length: 5 }, () => MORNING_AND_AFTERNOON), [], []],
  holidays: [...FEDERAL_HOLIDAYS],
  afterHoursReply: {
    isOn: true,
    text: {
      en: 'Thank you for texting Lakeside Family Clinic. We are closed now and will answer as soon as we open again. In an emergency, call 911.',
      es: 'Gracias por escribir a Lakeside Family Clinic. Ahora estamos cerrados; le contestaremos en cuanto volvamos a abrir. En una emergencia, llame al 911.',
    },
  },
};

export const HARBOR_HOURS: HoursSetting = {
  timeZone: null,
  week: [
    [{ from: '09:00', to: '17:30' }],
    [{ from: '09:00', to: '20:00' }],
    [{ from: '09:00', to: '17:30' }],
    [{ from: '09:00', to: '17:30' }],
    [{ from: '09:00', to: '17:30' }],
    [{ from: '09:00', to: '12:00' }],
    [],
  ],
  holidays: FEDERAL_HOLIDAYS.map((holiday) =>
    holiday.name === 'Thanksgiving'
      ? {
          ...holiday,
          text: { en: 'Harbor Pediatrics is closed for Thanksgiving. In an emergency, call 911.' },
        }
      : holiday,
  ),
  afterHoursReply: {
    isOn: true,
    text: {
      en: 'Harbor Pediatrics is closed now. We will answer your text when we open. In an emergency, call 911.',
    },
  },
};
