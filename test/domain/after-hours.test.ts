import { describe, expect, it } from 'vitest';
import { looksAutomatic } from '../../src/domain/conversation/automatic-wording.ts';
import { afterHoursAt, afterHoursReplyFor, type Hours, textIn } from '../../src/domain/hours/after-hours.ts';
import type { Holiday, Span } from '../../src/domain/hours/schedule.ts';

const DAY: Span[] = [{ from: '08:00', to: '17:00' }];
const TEXT = { en: 'We are closed.', es: 'Estamos cerrados.' };

const CHRISTMAS: Holiday = {
  name: 'Christmas Day',
  rule: { kind: 'yearly', date: '12-25' },
  part: null,
  text: { en: 'Happy Christmas.' },
};

// 2026-12-25 is a Friday.
const OPEN = Date.UTC(2026, 11, 24, 12);
const EVENING = Date.UTC(2026, 11, 24, 20);
const HOLIDAY = Date.UTC(2026, 11, 25, 12);

function hours({ isOn = true, text = TEXT as Record<string, string>, holidays = [CHRISTMAS] } = {}): Hours {
  const week = [DAY, DAY, DAY, DAY, DAY, [], []];
  return { schedule: { timeZone: 'UTC', week, holidays }, afterHoursReply: { isOn, text } };
}

describe('the after-hours reply', () => {
  it('is none while it is open', () => {
    expect(afterHoursReplyFor(hours(), 'en', OPEN)).toBeNull();
  });

  it('comes in the language of the conversation, with the name of the closed period', () => {
    const closedSince = Date.UTC(2026, 11, 24, 17);
    expect(afterHoursReplyFor(hours(), 'en', EVENING)).toEqual({ text: TEXT.en, closedSince });
    expect(afterHoursReplyFor(hours(), 'es-MX', EVENING)).toEqual({ text: TEXT.es, closedSince });
  });

  it('is the text of the holiday on the day itself, within the same closed period', () => {
    const evening = afterHoursAt(hours(), EVENING);
    expect(afterHoursReplyFor(hours(), 'es', HOLIDAY)).toEqual({
      text: 'Happy Christmas.',
      closedSince: evening?.closedSince,
    });
  });

  it('is the usual one on a holiday without a text', () => {
    const holidays = [{ ...CHRISTMAS, text: null }];
    expect(afterHoursReplyFor(hours({ holidays }), 'es', HOLIDAY)?.text).toBe(TEXT.es);
  });

  it('is none where it is off, on holidays too, or where nobody wrote one', () => {
    expect(afterHoursReplyFor(hours({ isOn: false }), 'en', EVENING)).toBeNull();
    expect(afterHoursReplyFor(hours({ isOn: false }), 'en', HOLIDAY)).toBeNull();
    expect(afterHoursReplyFor(hours({ text: {} }), 'en', EVENING)).toBeNull();
  });
});

describe('a text in several languages', () => {
  it.each([
    ['itself', 'pt-BR', { en: 'a', pt: 'b', 'pt-br': 'c' }, 'c'],
    ['what it is a form of', 'ES-419', { en: 'a', es: 'b' }, 'b'],
    ['English', 'vi', { es: 'b', en: 'a' }, 'a'],
    ['whatever there is', 'vi', { es: 'b', ru: 'c' }, 'b'],
  ])('is %s', (_, language, texts: Record<string, string>, expected) => {
    expect(textIn(texts, language)).toBe(expected);
  });

  it('is none where there is none', () => {
    expect(textIn({}, 'en')).toBeNull();
  });
});

describe('what a machine wrote is told from its words', () => {
  it.each([
    'Auto-reply: I am away.',
    'AUTOREPLY I will get back to you',
    '[Automatic reply] In a meeting',
    'This is an automated message. Do not reply.',
    'This is an automatically generated message',
    'Out of office until Monday.',
    'I’m currently out of the office with no access to my phone.',
    'We are out of our office today',
    'Your appointment is confirmed. Please do not reply.',
    'Please do not respond to this text.',
    'DO NOT REPLY. Your code is 123456',
    'Replies to this number are lost: this number is not monitored.',
    'noreply',
    'Message could not be delivered.',
    'Your text message to 2065550100 was not delivered',
    'Undeliverable: Hello',
    'Free Msg: Unable to send message - Message Blocking is active.',
    'The number you texted cannot receive text messages.',
    'I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.',
    '(I’m not receiving notifications. If this is urgent, reply “urgent” to send a notification.)',
    'Thank you for contacting Bayview Dental. Our office is closed. We reopen Monday.',
    'Thanks for your message! We will get back to you as soon as possible.',
    'Respuesta automática: no estoy disponible.',
    'Este es un mensaje automático, por favor no responda.',
    'Mensaje generado automáticamente',
    'Estoy fuera de la oficina hasta el lunes',
    'Fuera de oficina',
    'No responda a este mensaje.',
    'Su cita está confirmada. Favor de no contestar.',
    'Su mensaje no pudo ser entregado',
    'No se pudo entregar su mensaje.',
    'Error de entrega',
    'Este número no recibe mensajes de texto',
    'Estoy conduciendo con “No molestar al conducir” activado.',
    'Gracias por escribirnos. En este momento estamos cerrados.',
    'Gracias por comunicarse con Clínica Sol. Le responderemos a la brevedad.',
  ])('%s', (body) => {
    expect(looksAutomatic(body)).toBe(true);
  });
});

describe('what a person wrote is not', () => {
  it.each([
    '',
    '👍',
    'I can’t stop coughing',
    'I was out of the office when you called, sorry',
    'My prescription could not be delivered, what now?',
    'The pharmacy said the delivery failed',
    'Did you get my message? I could not send the picture.',
    'Is there an automatic refill?',
    'Please do not reply by phone, text me instead',
    'Thank you for your message, see you tomorrow at 9',
    'Thanks for calling me back so quickly',
    'Are you closed on Monday? What are your office hours?',
    'I drive to work until 5, please call after',
    'Please respond as soon as possible, my son has a fever',
    'No me han contestado. ¿Están cerrados?',
    'Gracias por su mensaje, nos vemos mañana',
    'No puedo ir, estoy fuera de la ciudad',
    'No recibí su mensaje',
    'Por favor no responda después de las 9, estoy en el trabajo',
  ])('%s', (body) => {
    expect(looksAutomatic(body)).toBe(false);
  });

  it('and a very long text is judged in an instant', () => {
    const body = 'thank you for your message '.repeat(4000);
    expect(looksAutomatic(body)).toBe(false);
  });
});
