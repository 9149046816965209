import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { activity } from '../durable/activity.ts';
import { CALLER, conversationOf, inboxOf, LINE } from '../durable/firing.ts';
import { PNG } from './pictures.ts';
import { ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

/** What stands for `{name}` in `path`, for somebody: one that is there and, where it has an owner, theirs. */
export type ItemIds = (path: string, name: string, email: string) => string;

const DO_NOT_TEXT = '2062020188';

/** One of everything that an address may name, in Lakeside. */
export async function itemsOfLakeside(emails: readonly string[]): Promise<ItemIds> {
  const admin = await signedInAs('admin@offhook.example');
  const ask = async <T>(path: string): Promise<T> =>
    (await admin.ask(`/api/practices/lakeside${path}`)).json<T>();
  const made = async (path: string, json: unknown) => {
    const answer = await admin.post(path, json);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const inPractice = (path: string, json: unknown) => made(`/api/practices/lakeside${path}`, json);

  await secondPerson();
  await made('/api/enterprise/do-not-text', { number: DO_NOT_TEXT, reason: 'Asked us to' });
  await inPractice('/invitations', { email: 'new@lakeside.example', role: 'staff' });
  const called = activity({ outcome: 'landline', messageId: null });
  await inboxOf().recordActivity(called);
  const line = { id: LINE.id, name: LINE.name };
  await inboxOf().raiseAlarm({ kind: 'signature', line, carrier: 'twilio', detail: null, count: 1 });
  const pictured = await textWithPicture(admin);

  const { patient } = (await inPractice('/patients', {
    name: 'Ines Ray',
    numbers: ['2062020177'],
    language: null,
    status: 'active',
  })) as { patient: { id: string } };
  const { import: begun } = (await inPractice('/patient-imports', {
    fingerprint: 'one',
    fileName: 'patients.csv',
  })) as { import: { id: string } };
  const { key } = (await made('/api/enterprise/api-keys', {
    name: 'Sync',
    practiceId: 'lakeside',
    scopes: ['patients'],
  })) as { key: { id: string } };
  const [alarm] = (await ask<{ alarms: { id: string }[] }>('/alarms')).alarms;
  const [invitation] = (await ask<{ invitations: { id: string }[] }>('/people')).invitations;
  const [response] = (await ask<{ responses: { id: string }[] }>('/quick-responses')).responses;
  const owned = new Map(
    await Promise.all(emails.map(async (email) => [email, await itemsOf(email)] as const)),
  );

  const ids: Record<string, string | undefined> = {
    practice: 'lakeside',
    line: LINE.id,
    trigger: 'lakeside-hangup-en',
    staff: 'lakeside-second',
    invitation: invitation?.id,
    patient: patient.id,
    import: begun.id,
    key: key.id,
    response: response?.id,
    number: DO_NOT_TEXT,
    messageId: pictured,
    index: '0',
    conversation: conversationOf().id.toString(),
  };
  return (path, name, email) => {
    if (name === 'session' || name === 'passkey') return there(name, owned.get(email)?.[name]);
    if (name !== 'id') return there(name, ids[name]);
    if (path.includes('/conversations/')) return conversationOf().id.toString();
    return there(path, path.includes('/alarms/') ? alarm?.id : called.id);
  };
}

function there(what: string, id: string | undefined): string {
  if (id === undefined) throw new Error(`nothing stands for ${what}`);
  return id;
}

/** Somebody at whose access others may work. */
async function secondPerson(): Promise<void> {
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO staff (id, email, name, password_hash, is_admin)
       SELECT 'lakeside-second', 'second@lakeside.example', 'Second', password_hash, 0 FROM staff WHERE id = 'admin'`,
    ),
    env.DB.prepare(
      "INSERT INTO memberships (staff_id, practice_id, role) VALUES ('lakeside-second', 'lakeside', 'staff')",
    ),
  ]);
}

/** A conversation with a picture that can be had; the id of its message. */
async function textWithPicture(browser: StaffBrowser): Promise<string> {
  const data = btoa(String.fromCharCode(...PNG));
  await browser.post(`/simulator/handsets/${CALLER.slice(2)}/messages`, {
    to: LINE.number,
    body: 'My arm',
    media: [{ contentType: 'image/png', data }],
  });
  return vi.waitFor(
    async () => {
      const answer = await browser.ask(`/api/conversations/${conversationOf().id.toString()}`);
      const { messages } = await answer.json<{ messages: { id: string; media: unknown[] }[] }>();
      return there('a text with a picture', messages.find(({ media }) => media.length > 0)?.id);
    },
    { timeout: 10_000 },
  );
}

/** A session and a passkey of somebody, besides what they ask with. */
async function itemsOf(email: string): Promise<{ session: string; passkey: string }> {
  const other = await signedInAs(email);
  const answer = await other.ask('/api/session/all');
  const { sessions } = await answer.json<{ sessions: { id: string; isThis: boolean }[] }>();
  const passkey = `passkey-of-${email}`;
  await env.DB.prepare(
    `INSERT INTO passkeys (id, staff_id, credential_id, public_key, counter, transports, host, name, made_at)
     SELECT ?1, id, ?4, 'key', 0, '[]', ?2, 'Key', 1 FROM staff WHERE email = ?3`,
  )
    .bind(passkey, new URL(ORIGIN).host, email, btoa(email).replaceAll('=', ''))
    .run();
  return { session: there('a session', sessions.find((one) => one.isThis)?.id), passkey };
}
