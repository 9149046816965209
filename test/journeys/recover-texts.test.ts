import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/domain/conversation/message.ts';
import type { PracticeAlarm } from '../../src/domain/inbox/practice-alarm.ts';
import { setHours } from '../../src/practices/hours.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import worker from '../../src/worker.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { ORIGIN } from './staff-browser.ts';
import { ACCOUNT_SID, AUTH_TOKEN, type Taken, TwilioApi } from './twilio-api.ts';

const LINE = '+12062020100';
const OTHER_LINE = '+12062020200';
const CALLER = '+12062020123';
const SETTINGS = {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  PUBLIC_ORIGIN: 'https://texts.clinic.example',
};
const ANA = { staff: { id: 'lakeside-staff', name: 'Ana Reyes' }, practiceIds: ['lakeside', 'harbor'] };
const MINUTE = 60_000;

let api: TwilioApi;
let log: ReturnType<typeof vi.spyOn>;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE lines SET carrier = 'twilio'").run();
  Object.assign(env, SETTINGS);
  api = new TwilioApi();
  log = vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const name of Object.keys(SETTINGS)) delete (env as unknown as Record<string, unknown>)[name];
});

/** As the clock of the deployment starts it. */
async function recover(): Promise<void> {
  const controller = { scheduledTime: Date.now(), cron: '*/15 * * * *', noRetry() {} };
  await worker.scheduled(controller as ScheduledController, env);
}

/** A text that Twilio has; its webhook got lost. */
function lost(body: string, minutesAgo: number, changes: Partial<Taken> = {}): Taken {
  const createdAt = Date.now() - minutesAgo * MINUTE;
  return api.add({ from: CALLER, to: LINE, body, direction: 'inbound', createdAt, ...changes });
}

async function webhook({ sid, from, to, body }: Taken): Promise<void> {
  const address = `${ORIGIN}/carriers/twilio/messages`;
  const form = { MessageSid: sid, From: from, To: to, Body: body, NumMedia: '0' };
  const headers = { 'X-Twilio-Signature': getExpectedTwilioSignature(AUTH_TOKEN, address, form) };
  const init = { method: 'POST', body: new URLSearchParams(form), headers };
  expect((await exports.default.fetch(address, init)).status).toBe(200);
}

async function messages(caller = CALLER, line = 'lakeside-main'): Promise<Message[]> {
  const read = await conversationOf(env, line, caller).read(ANA, Number.MAX_SAFE_INTEGER);
  return read.outcome === 'read' ? read.messages : [];
}

async function bodies(caller = CALLER, line = 'lakeside-main'): Promise<string[]> {
  return (await messages(caller, line)).filter(({ kind }) => kind === 'text-in').map(({ body }) => body);
}

async function consent(caller = CALLER): Promise<string | null> {
  const read = await conversationOf(env, 'lakeside-main', caller).read(ANA, Number.MAX_SAFE_INTEGER);
  return read.outcome === 'read' ? read.conversation.consent.state : null;
}

async function alarms(practice = 'lakeside'): Promise<PracticeAlarm[]> {
  return env.INBOX.get(env.INBOX.idFromName(practice)).alarms();
}

describe('a text whose webhook was lost', () => {
  it('is in the inbox after the next run, once, from when it was written, and managers are told', async () => {
    const text = lost('¿Puedo cambiar mi cita? 🙏', 50);
    await recover();
    const [message] = await messages();
    expect(message).toMatchObject({ id: text.sid, kind: 'text-in', body: text.body });
    expect(message?.at).toBe(Math.floor(text.createdAt / 1000) * 1000);
    expect(await alarms()).toMatchObject([
      { kind: 'recovered', count: 1, carrier: 'twilio', line: { id: 'lakeside-main', name: 'Main line' } },
    ]);
    const asked = api.asked.length;
    await recover();
    expect(api.asked.length).toBeGreaterThan(asked);
    expect(await messages()).toHaveLength(1);
    expect(await alarms()).toMatchObject([{ count: 1 }]);
    expect(api.refused).toEqual([]);
    expect(log).not.toHaveBeenCalled();
  });

  it('has waited since then, so that it stands where it belongs in the list', async () => {
    lost('Hello?', 200);
    await recover();
    const read = await conversationOf(env, 'lakeside-main', CALLER).read(ANA, 1);
    if (read.outcome !== 'read') throw new Error('not begun');
    expect(Date.now() - (read.conversation.waitingSince ?? 0)).toBeGreaterThanOrEqual(200 * MINUTE);
  });

  it('says that there was more to it than words', async () => {
    lost('My arm', 5, { media: 2 });
    lost('', 4, { media: 1 });
    lost('', 3);
    await recover();
    expect(await bodies()).toEqual([
      "My arm\n(2 attachments; open them in Twilio's console)",
      "(1 attachment; open it in Twilio's console)",
      '(a text without words)',
    ]);
  });

  it('is found on any of three pages', async () => {
    api.mostOnAPage = 2;
    for (const minutesAgo of [50, 40, 30, 20, 10]) lost(`${minutesAgo}`, minutesAgo);
    await recover();
    expect(await bodies()).toEqual(['50', '40', '30', '20', '10']);
    expect(await alarms()).toMatchObject([{ kind: 'recovered', count: 5 }]);
    expect(api.asked).toEqual(['GET', 'GET', 'GET', 'GET']);
    expect(api.refused).toEqual([]);
  });

  it('is left where it is when it is too old, from no phone, or our own', async () => {
    lost('Last week', 7 * 60);
    lost('Code 1234', 20, { from: '262966' });
    lost('Hello', 20, { from: LINE, to: CALLER, direction: 'outbound-api' });
    lost('Hello', 20, { to: '+12062020999' });
    await recover();
    expect(await bodies()).toEqual([]);
    expect(await bodies('262966')).toEqual([]);
    expect(await alarms()).toEqual([]);
  });
});

describe('a text that arrived', () => {
  it('is not doubled, and nobody is told of it', async () => {
    await webhook(lost('Hello', 20));
    await recover();
    expect(await bodies()).toEqual(['Hello']);
    expect(await alarms()).toEqual([]);
  });

  it('in the moment in which it is asked for is there once', async () => {
    const text = lost('Hello', 20);
    await Promise.all([recover(), webhook(text), recover(), webhook(text)]);
    expect(await bodies()).toEqual(['Hello']);
  });

  it('just now is left to its webhook', async () => {
    lost('Hello', 0.2);
    await recover();
    expect(await bodies()).toEqual([]);
  });
});

describe('what a recovered text says', () => {
  it('counts: STOP opts out, and a START that came after it brings the texts back', async () => {
    lost('STOP', 50);
    await recover();
    expect(await consent()).toBe('opted-out');
    lost('STOP', 50, { from: '+12062020124' });
    lost('START', 40, { from: '+12062020124' });
    await recover();
    expect(await consent('+12062020124')).toBe('given');
  });

  it('never takes back an opt-out that came after it', async () => {
    lost('START', 120);
    await webhook(lost('STOP', 60));
    await recover();
    expect(await consent()).toBe('opted-out');
    expect(await bodies()).toEqual(['STOP', 'START']);
  });

  it('gets the after-hours reply only while it is fresh', async () => {
    const reply = { isOn: true, text: { en: 'We are closed.' } };
    const week = Array.from({ length: 7 }, () => []);
    await setHours(
      env.DB,
      { is: 'practice', practiceId: 'lakeside' },
      {
        timeZone: null,
        week,
        holidays: [],
        afterHoursReply: reply,
      },
    );
    lost('Old', 16);
    lost('Fresh', 14, { from: '+12062020124' });
    await recover();
    const automatic = async (caller: string) =>
      (await messages(caller)).filter(({ kind }) => kind === 'automatic').map(({ body }) => body);
    expect(await automatic(CALLER)).toEqual([]);
    expect(await automatic('+12062020124')).toEqual(['We are closed.']);
  });
});

describe('a list that goes wrong', () => {
  it.each<[string, Parameters<TwilioApi['next']>[1]]>([
    ['cannot be had', 'before'],
    ['is an error', () => new Response('oops', { status: 500 })],
    ['is refused', () => Response.json({ code: 20003 }, { status: 401 })],
    ['is no JSON', () => new Response('<html>')],
    ['is rubbish', () => Response.json({ messages: [{ sid: 5 }] })],
    ['leads elsewhere', () => Response.json({ messages: [], next_page_uri: 'https://elsewhere.example/' })],
  ])('because it %s leaves the other line alone, and the next run makes up for it', async (_, fault) => {
    lost('To one', 20);
    lost('To the other', 20, { to: OTHER_LINE });
    api.next('GET', fault);
    await recover();
    const both = async () => [...(await bodies()), ...(await bodies(CALLER, 'harbor-main'))];
    expect(await both()).toHaveLength(1);
    expect(log).toHaveBeenCalled();
    expect(api.strayed).toEqual([]);
    await recover();
    expect(await both()).toEqual(['To one', 'To the other']);
  });

  it('because it hangs is given up', async () => {
    await env.DB.prepare("UPDATE lines SET carrier = 'simulator' WHERE id <> 'lakeside-main'").run();
    lost('Hello', 20);
    api.next('GET', 'silence');
    await recover();
    expect(await bodies()).toEqual([]);
    await recover();
    expect(await bodies()).toEqual(['Hello']);
  });

  it('after its first page still gives that', async () => {
    await env.DB.prepare("UPDATE lines SET carrier = 'simulator' WHERE id <> 'lakeside-main'").run();
    api.mostOnAPage = 2;
    for (const minutesAgo of [4, 3, 2]) lost(`${minutesAgo}`, minutesAgo);
    api.next('GET', (done) => done()).next('GET', 'before');
    await recover();
    expect(await bodies()).toEqual(['3', '2']);
    await recover();
    expect(await bodies()).toEqual(['3', '2', '4']);
    expect(await alarms()).toMatchObject([{ count: 3 }]);
  });

  it('without end is left, and other carriers are not asked at all', async () => {
    await env.DB.prepare("UPDATE lines SET carrier = 'telnyx' WHERE id <> 'lakeside-main'").run();
    const next_page_uri = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;
    const endless = () => Response.json({ messages: [listed()], next_page_uri });
    for (let page = 0; page < 30; page += 1) api.next('GET', endless);
    await recover();
    expect(api.asked).toHaveLength(10);
  });

  it('because the settings are missing says so in the log', async () => {
    Object.assign(env, { TWILIO_AUTH_TOKEN: '' });
    await recover();
    expect(log.mock.calls.flat().join(' ')).toContain('TWILIO_AUTH_TOKEN');
    expect(api.asked).toEqual([]);
  });

  it('is no reason to throw, nor is a database that cannot be read', async () => {
    await env.DB.exec('DROP TABLE line_hours');
    await env.DB.exec('ALTER TABLE lines RENAME TO lines_that_were');
    await recover();
    expect(log).toHaveBeenCalled();
  });

  function listed(): object {
    const date_created = new Date().toUTCString();
    const numbers = { from: CALLER, to: LINE };
    return { sid: 'SM1', ...numbers, body: 'x', direction: 'outbound-api', status: 'sent', date_created };
  }
});
