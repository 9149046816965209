import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ManagedTrigger } from '../../src/domain/triggers/managed-trigger.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const TRIGGERS = '/api/practices/lakeside/triggers';
const HOLD_EN = `${TRIGGERS}/lakeside-hold-en`;
const HOUR = 3_600_000;

let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  manager = await signedInAs('manager@lakeside.example');
});

afterEach(() => {
  vi.useRealTimers();
});

async function all(): Promise<ManagedTrigger[]> {
  return (await (await manager.ask(TRIGGERS)).json<{ triggers: ManagedTrigger[] }>()).triggers;
}

async function one(id = 'lakeside-hold-en'): Promise<ManagedTrigger> {
  const found = (await all()).find((trigger) => trigger.id === id);
  if (found === undefined) throw new Error(`${id} is gone`);
  return found;
}

/** The status and, where there is one, the result of a call to an address. */
async function fire(url: string, caller = '2062020111'): Promise<string> {
  const answer = await exports.default.fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ CALLER_ID_NUMBER: caller, dry_run: '1' }),
  });
  const { result, reason, error } = await answer.json<
    Record<string, unknown> & { error?: { code: string } }
  >();
  return [answer.status, result ?? error?.code, reason].filter(Boolean).join(' ');
}

async function addressOf(path = HOLD_EN): Promise<string> {
  return (await (await manager.ask(`${path}/address`)).json<{ url: string }>()).url;
}

describe('the triggers of a practice', () => {
  it('are listed by line, with what they do and without what would let anybody fire them', async () => {
    const answer = await manager.ask(TRIGGERS);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const body = await answer.text();
    expect(body).not.toContain('lakeside-hold-en/');
    const { triggers, lines } = JSON.parse(body) as { triggers: ManagedTrigger[]; lines: unknown[] };
    expect(triggers.map(({ useCase, language }) => `${useCase} ${language}`)).toEqual([
      'call-to-text en',
      'call-to-text es',
      'abandoned-call en',
      'abandoned-call es',
    ]);
    expect(triggers[0]).toMatchObject({
      isOn: true,
      phoneSystem: null,
      rules: { cooldownMinutes: 10, liveMinutes: 30, holdSeconds: 0, hoursRule: 'always', closedText: null },
      address: { masked: '/hooks/demo/call-to-text/••••••••d-en', previousUntil: null },
      wentLive: null,
    });
    expect(lines).toEqual([
      { id: 'lakeside-main', name: 'Main line', number: '+12062020100', mainNumber: '+12065550101' },
    ]);
  });

  const REQUESTS = [
    ['GET', TRIGGERS, undefined],
    ['POST', TRIGGERS, { line: 'lakeside-main', useCase: 'call-to-text', language: 'vi' }],
    ['PATCH', HOLD_EN, { isOn: false, expected: { isOn: true } }],
    ['GET', `${HOLD_EN}/address`, undefined],
    ['POST', `${HOLD_EN}/rotate`, { expected: '/hooks/demo/call-to-text/••••••••d-en' }],
    ['POST', `${HOLD_EN}/revoke`, undefined],
  ] as const;

  it.each(REQUESTS)(
    'are neither seen nor changed by staff, strangers or who is not signed in: %s %s',
    async (method, path, json) => {
      const asked = { method, ...(json === undefined ? {} : { json }) };
      const staff = await signedInAs('staff@lakeside.example');
      const harbor = await signedInAs('staff@harbor.example');
      const before = await all();
      expect((await staff.ask(path, asked)).status).toBe(403);
      expect((await harbor.ask(path, asked)).status).toBe(404);
      manager.cookies.set('__Host-offhook', manager.cookies.get('__Host-offhook') ?? '');
      const nobody = await exports.default.fetch(`https://offhook.example${path}`, {
        method,
        headers: { Origin: 'https://offhook.example', 'Content-Type': 'application/json' },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      expect(nobody.status).toBe(401);
      expect(await all()).toEqual(before);
    },
  );

  it('are not reached through a practice that they do not belong to', async () => {
    const admin = await signedInAs('admin@offhook.example');
    const path = '/api/practices/harbor/triggers/lakeside-hold-en';
    expect((await admin.ask(`${path}/address`)).status).toBe(404);
    expect((await admin.patch(path, { isOn: false, expected: { isOn: true } })).status).toBe(404);
    expect((await admin.post(`${path}/revoke`)).status).toBe(404);
    expect((await one()).isOn).toBe(true);
  });
});

describe('a new trigger', () => {
  const create = (language: string, useCase = 'call-to-text', line = 'lakeside-main') =>
    manager.post(TRIGGERS, { line, useCase, language });

  it('starts with a text in its language, and its address works at once', async () => {
    await manager.post(`${HOLD_EN}/revoke`);
    const answer = await create('EN');
    expect(answer.status).toBe(201);
    const { trigger } = await answer.json<{ trigger: ManagedTrigger }>();
    expect(trigger).toMatchObject({ language: 'en', isOn: true });
    expect(trigger.text).toContain('Lakeside Family Clinic');
    expect(await fire(await addressOf(`${TRIGGERS}/${trigger.id}`))).toBe('200 skipped dry-run');
  });

  it('waits, switched off, for a text in a language that nobody has written yet', async () => {
    const { trigger } = await (await create('vi')).json<{ trigger: ManagedTrigger }>();
    expect(trigger.isOn).toBe(false);
    expect(await fire(await addressOf(`${TRIGGERS}/${trigger.id}`))).toBe('200 skipped trigger-off');
  });

  it('is the only one of its line, use case and language, also when two come at once', async () => {
    const twice = await Promise.all([create('vi'), create('vi')]);
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409]);
    const again = await create('es');
    expect([again.status, await codeOf(again)]).toEqual([409, 'trigger-exists']);
  });

  it.each(['', 'e', 'english language', 'en_US', '<b>', 'x'.repeat(40)])(
    'is in no such language: %j',
    async (language) => {
      expect((await create(language)).status).toBe(400);
    },
  );

  it('texts from a line of its own practice only', async () => {
    expect((await create('vi', 'call-to-text', 'harbor-main')).status).toBe(404);
    expect((await create('vi', 'call-to-text', 'nowhere')).status).toBe(404);
  });
});

describe('changing a trigger', () => {
  const change = async (json: object) => manager.patch(HOLD_EN, json);
  const write = async (text: string) => change({ text, expected: { text: (await one()).text } });

  it('saves a text of 255 characters and refuses one of 256', async () => {
    expect((await write('x'.repeat(255))).status).toBe(200);
    const refused = await write('y'.repeat(256));
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('1 character too long');
    expect((await one()).text).toBe('x'.repeat(255));
  });

  it('counts an emoji once, and keeps lines as they are', async () => {
    const text = `Hello\n\n${'😀'.repeat(248)}`;
    expect((await write(text.replaceAll('\n', '\r\n'))).status).toBe(200);
    expect((await one()).text).toBe(text);
  });

  it.each(['Hello {first name}', 'Hi {{caller}}!', '{x}'])('refuses a smart phrase: %j', async (text) => {
    const refused = await write(text);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toMatch(/Take out \{.*no smart phrases/);
  });

  it.each(['', '   \n ', 'a\u0000b', 'a\u202e\ud800', '\u001b[2J'])('refuses %j', async (text) => {
    expect((await write(text)).status).toBe(400);
  });

  it('keeps a hostile text as it was written, and texts it so', async () => {
    const text = `<script>alert(1)</script> '; DROP TABLE triggers; -- "$(x)" ‮`;
    expect((await write(text)).status).toBe(200);
    expect((await one()).text).toBe(text.trim());
    const answer = await exports.default.fetch(await addressOf(), {
      method: 'POST',
      body: new URLSearchParams({ CALLER_ID_NUMBER: '2062020145' }),
    });
    expect(await answer.json()).toMatchObject({ result: 'texting' });
  });

  it('takes effect at once', async () => {
    const url = await addressOf();
    expect(await fire(url)).toBe('200 skipped dry-run');
    await change({ isOn: false, expected: { isOn: true } });
    expect(await fire(url)).toBe('200 skipped trigger-off');
  });

  const rules = (wanted: object, seen: object) => change({ rules: wanted, expected: { rules: seen } });

  it.each([
    ['cooldownMinutes', 10, 0, 1440, 1441],
    ['liveMinutes', 30, 0, 1440, -1],
    ['holdSeconds', 0, 1, 120, 121],
  ])('holds %s to its limits', async (rule, before, least, most, tooMuch) => {
    expect((await rules({ [rule]: least }, { [rule]: before })).status).toBe(200);
    expect((await rules({ [rule]: most }, { [rule]: least })).status).toBe(200);
    for (const bad of [tooMuch, 1.5, '10', null, -1]) {
      expect((await rules({ [rule]: bad }, { [rule]: most })).status).toBe(400);
    }
    expect((await one()).rules).toMatchObject({ [rule]: most });
  });

  it('texts something else out of hours only with a text for it', async () => {
    const seen = { hoursRule: 'always', closedText: null };
    const without = await rules({ hoursRule: 'other-text' }, seen);
    expect([without.status, await without.text()]).toEqual([400, expect.stringContaining('closedText')]);
    expect((await rules({ hoursRule: 'other-text', closedText: 'We are closed {now}' }, seen)).status).toBe(
      400,
    );
    expect((await rules({ hoursRule: 'other-text', closedText: 'We are closed.' }, seen)).status).toBe(200);
    const emptied = await rules({ closedText: null }, { closedText: 'We are closed.' });
    expect(emptied.status).toBe(400);
  });

  it('of two managers who change the same thing, tells the second what it is now', async () => {
    const seen = await one();
    const first = { text: 'First wording.', expected: { text: seen.text } };
    expect((await change(first)).status).toBe(200);
    // The answer was lost, and it is asked for again: that is no conflict.
    expect((await change(first)).status).toBe(200);
    const second = await change({ text: 'Second wording.', expected: { text: seen.text } });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({
      error: { code: 'changed-meanwhile' },
      trigger: { text: 'First wording.' },
    });
    expect((await change({ isOn: false, expected: { isOn: true } })).status).toBe(200);
    expect(await one()).toMatchObject({ text: 'First wording.', isOn: false });
  });

  it('lets exactly one of many win who change the same thing at once', async () => {
    const { text } = await one();
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => change({ text: `Wording ${name}`, expected: { text } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('loses nothing of what several change at once, each something else', async () => {
    const { text } = await one();
    const answers = await Promise.all([
      change({ text: 'Another wording.', expected: { text } }),
      change({ isOn: false, expected: { isOn: true } }),
      rules({ holdSeconds: 20 }, { holdSeconds: 0 }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await one()).toMatchObject({ text: 'Another wording.', isOn: false, rules: { holdSeconds: 20 } });
  });

  it.each([{}, { text: 'x' }, { expected: {}, token: 'mine' }, { expected: {}, rules: { id: 'x' } }, []])(
    'refuses a body of another shape: %j',
    async (json) => {
      expect((await change(json)).status).toBe(400);
    },
  );
});

describe('the address of a trigger', () => {
  it('is shown whole only when asked for', async () => {
    expect(await addressOf()).toBe('https://offhook.example/hooks/demo/call-to-text/lakeside-hold-en');
  });

  it('that is replaced goes on working for 24 hours, and not a moment longer', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    const old = await addressOf();
    const { address } = await one();
    const answer = await manager.post(`${HOLD_EN}/rotate`, { expected: address.masked });
    const rotated = await answer.json<{ trigger: ManagedTrigger; url: string }>();
    expect(rotated.url).toMatch(/\/hooks\/demo\/call-to-text\/[\w-]{43}$/);
    expect(rotated.trigger.address.previousUntil).toBe(Date.now() + 24 * HOUR);
    expect(await fire(rotated.url)).toBe('200 skipped dry-run');
    expect(await fire(old)).toBe('200 skipped dry-run');

    vi.setSystemTime(Date.now() + 24 * HOUR - 1);
    expect(await fire(old)).toBe('200 skipped dry-run');
    // What this isolate read a moment ago counts for ten seconds.
    vi.setSystemTime(Date.now() + 10_001);
    expect(await fire(old)).toBe('404 unknown-trigger');
    expect(await fire(rotated.url)).toBe('200 skipped dry-run');
    manager = await signedInAs('manager@lakeside.example');
    expect((await one()).address.previousUntil).toBeNull();
  });

  it('is replaced once, however often somebody presses the button', async () => {
    const { address } = await one();
    const press = () => manager.post(`${HOLD_EN}/rotate`, { expected: address.masked });
    const presses = await Promise.all([press(), press(), press()]);
    expect(presses.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await fire('https://offhook.example/hooks/demo/call-to-text/lakeside-hold-en')).toBe(
      '200 skipped dry-run',
    );
  });

  it('ends at once and for good when the trigger is revoked, the one before it too', async () => {
    const old = await addressOf();
    const { address } = await one();
    const { url } = await (await manager.post(`${HOLD_EN}/rotate`, { expected: address.masked })).json<{
      url: string;
    }>();
    expect((await manager.post(`${HOLD_EN}/revoke`)).status).toBe(204);
    expect(await fire(url)).toBe('404 unknown-trigger');
    expect(await fire(old)).toBe('404 unknown-trigger');
    expect((await all()).map(({ id }) => id)).not.toContain('lakeside-hold-en');
    for (const path of ['revoke', 'rotate']) {
      expect((await manager.post(`${HOLD_EN}/${path}`, { expected: 'x' })).status).toBe(404);
    }
  });
});
