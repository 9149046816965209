import { describe, expect, it } from 'vitest';
import { looksLikeNote, looksLikeReply, type People } from '../../src/domain/conversation/mistaken-kind.ts';

const STAFF = [
  { id: 'maria', name: 'María Lopez' },
  { id: 'will', name: 'Will Turner' },
];
const KNOWN: People = { callers: ['Ana Cruz'], staff: STAFF };
const UNKNOWN: People = { callers: [], staff: STAFF };

describe('a reply that sounds like a note', () => {
  it.each([
    '@maria can you take this?',
    'Could @Will Turner call her back',
    'Note: left a voicemail',
    'note - wants Spanish',
    'Internal: do not schedule with Dr. Shah',
    'Note to self: call at 3',
    'FYI she called twice today',
    'FYI Ana is upset',
    'pt called about her refill',
    'Told pt to come in.',
    'The patient says it hurts',
    'caller wants a refund',
    'patient’s mother asked again; the patient said no',
    'Maria, can you call Ana?',
    'Hey Will: third call today',
  ])('is asked about: %s', (text) => {
    expect(looksLikeNote(text, KNOWN)).toBe(true);
  });

  it.each([
    'Hi Ana, we can see you at 3 pm.',
    'FYI, we are closed on Monday.',
    'Please note: we close at 5.',
    'Notes from your visit are ready.',
    'Your PT appointment is at 3.',
    'Your pt session is on Friday',
    'Take 1 pt of water with it.',
    'See pt. 2 of the form.',
    'Write to office@maria.example',
    'Find us @ 5th and Main',
    '@lakeside on social media',
    'Will you be there at 3?',
    'Will that work? If not, call us.',
    'Maria will call you back, thanks.',
    'Ask for the patient portal link.',
    'Are you the patient or calling for somebody?',
    'Is the patient a child?',
    'She can come in at 3.',
    'Thank you, Maria at Lakeside',
    'He puede venir mañana',
  ])('is not: %s', (text) => {
    expect(looksLikeNote(text, KNOWN)).toBe(false);
  });

  it('is not where the caller may have that name', () => {
    expect(looksLikeNote('Maria, we can see you at 3.', UNKNOWN)).toBe(false);
    expect(looksLikeNote('Hi Maria, see you at 3.', { ...KNOWN, callers: ['Maria Diaz', 'Ana Cruz'] })).toBe(
      false,
    );
  });
});

describe('a note that sounds like a reply', () => {
  it.each([
    'Hi Ana, your appointment is at 3.',
    'Hola Ana',
    'Hello, your results are in.',
    'Good morning! Can you come at 4?',
    'Your prescription is ready.',
    'Thank you for calling Lakeside.',
    'Thanks for letting us know',
    'Please call us back',
    'We can see you on Monday',
    'Gracias por llamar',
  ])('is asked about: %s', (text) => {
    expect(looksLikeReply(text, KNOWN)).toBe(true);
  });

  it.each([
    'Left a voicemail, wants a call at 3',
    'Hi Maria, can you call her back?',
    '@Will Turner your turn',
    'Hello @María Lopez, you wanted to know',
    'Said hi, asked about your ad',
    'pt: your appointment?',
    'FYI your patient',
    'Said thank you for calling',
    'Appointment moved to 3',
    'Ana called again',
    'High blood pressure, you should look at the chart',
    'History: seen in May',
    'Called, no answer',
  ])('is not: %s', (text) => {
    expect(looksLikeReply(text, KNOWN)).toBe(false);
  });

  it('greets a colleague, unless that is the caller’s name too', () => {
    expect(looksLikeReply('Hi Will, your call', UNKNOWN)).toBe(false);
    expect(looksLikeReply('Hi Will, your call', { ...KNOWN, callers: ['Will Smith'] })).toBe(true);
  });
});
