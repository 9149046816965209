import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Patient } from '../../src/domain/patients/patient.ts';
import type { PatientImport } from '../../src/domain/patients/patient-import.ts';
import type { PatientRow, RowFault } from '../../src/domain/patients/patient-row.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { fire } from './hook-request.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const PATIENTS = '/api/practices/harbor/patients';
const IMPORTS = '/api/practices/harbor/patient-imports';
const CHECKS = '/api/practices/harbor/patient-checks';
const EXPORT = '/api/practices/harbor/patient-export';
const NIA = { name: 'Nia New', numbers: ['(206) 202-0177'], language: 'Spanish', status: 'active' };

let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  admin = await signedInAs('admin@offhook.example');
});

async function list(query = ''): Promise<{ patients: Patient[]; nextCursor: string | null }> {
  return (await admin.ask(`${PATIENTS}?${query}`)).json();
}

async function names(query = ''): Promise<string[]> {
  return (await list(query)).patients.map(({ name }) => name);
}

async function added(details: object = NIA): Promise<Patient> {
  const answer = await admin.post(PATIENTS, details);
  expect(answer.status).toBe(201);
  return (await answer.json<{ patient: Patient }>()).patient;
}

const put = (id: string, json: object) => admin.ask(`${PATIENTS}/${id}`, { method: 'PUT', json });
const remove = (id: string, version: number) =>
  admin.ask(`${PATIENTS}/${id}?version=${version}`, { method: 'DELETE' });

/** `patient_numbers` is what `patients.numbers` says, and nothing else. */
async function expectNumbersInStep(): Promise<void> {
  const wanted = await env.DB.prepare(
    'SELECT n.value AS number, p.practice_id, p.id AS patient_id FROM patients p, json_each(p.numbers) n ORDER BY 1, 2, 3',
  ).all();
  const there = await env.DB.prepare('SELECT * FROM patient_numbers ORDER BY 1, 2, 3').all();
  expect(there.results).toEqual(wanted.results);
}

async function callerNames(): Promise<string[][]> {
  const answer = await admin.ask('/api/practices/harbor/conversations');
  return (await answer.json<{ conversations: ConversationSummary[] }>()).conversations.map(
    ({ caller }) => caller.names,
  );
}

async function auditedActions(): Promise<string[]> {
  const everything = { words: null, actionsMeant: [], actions: null, from: null, to: null, before: null };
  const log = env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName('harbor'));
  return (await log.page(everything)).entries.map(({ action }) => action);
}

describe('the directory', () => {
  it('lists by name, and finds by any part of a name and by a number in any form', async () => {
    const all = ['Ada Whitfield', 'An Nguyễn', 'Lucía Romero', 'Mia Okafor', 'Noah Okafor', 'Theo Lindgren'];
    expect(await names()).toEqual(all);
    expect(await names('q=okaf')).toEqual(['Mia Okafor', 'Noah Okafor']);
    expect(await names('q=ROMERO%20luc%C3%ADa')).toEqual(['Lucía Romero']);
    expect(await names('q=nguyen')).toEqual(['An Nguyễn']);
    for (const q of ['(206) 202-0314', '+12062020314', '1 206 202 0314', '2020314', '0314'])
      expect(await names(`q=${encodeURIComponent(q)}`)).toEqual(['Lucía Romero']);
    expect(await names('q=2062020311')).toEqual(['Mia Okafor', 'Noah Okafor']);
    for (const q of ['nobody', "' OR 1=1 --", '%', '_', '"']) {
      expect(await names(`q=${encodeURIComponent(q)}`)).toEqual([]);
    }
  });

  it('is paged without a gap or a repeat', async () => {
    const rows = Array.from({ length: 130 }, (_, n) => ({
      ...rowOf(n + 1),
      name: `Pat ${String(n % 7)}`,
      numbers: [`206202${String(4000 + n)}`],
    }));
    await imported(rows);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list(`q=pat&cursor=${encodeURIComponent(cursor)}`);
      seen.push(...page.patients.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([130, 130]);
    expect((await admin.ask(`${PATIENTS}?cursor=made-up`)).status).toBe(400);
  });

  it('takes a patient in any writing, shows who shares the number, and lets go again', async () => {
    const patient = await added({ ...NIA, numbers: ['206.202.0311', '1-206-202-0177'] });
    expect(patient).toMatchObject({ numbers: ['+12062020311', '+12062020177'], language: 'es', version: 1 });
    const shown = await (await admin.ask(`${PATIENTS}/${patient.id}`)).json<{ sharing: Patient[] }>();
    expect(shown.sharing.map(({ name }) => name)).toEqual(['Mia Okafor', 'Noah Okafor']);
    await expectNumbersInStep();
    expect((await remove(patient.id, 1)).status).toBe(204);
    expect((await admin.ask(`${PATIENTS}/${patient.id}`)).status).toBe(404);
    await expectNumbersInStep();
    expect(await auditedActions()).toEqual(['patient-removed', 'patient-added']);
  });

  it('has nobody twice', async () => {
    await added();
    const again = await admin.post(PATIENTS, { ...NIA, name: 'NIA  new' });
    expect([again.status, await again.clone().json()]).toMatchObject([409, { patient: { name: 'Nia New' } }]);
    expect(await codeOf(again)).toBe('patient-exists');
  });

  it('tells the second of two who change the same patient what it is now', async () => {
    const { id } = await added();
    const first = await put(id, { ...NIA, name: 'Nia Newman', numbers: ['2062020178'], version: 1 });
    expect([first.status, await first.json()]).toMatchObject([200, { patient: { version: 2 } }]);
    for (const late of [await put(id, { ...NIA, name: 'Nia N', version: 1 }), await remove(id, 1)]) {
      const answer = await late.json<{ error: { code: string }; patient: Patient }>();
      expect([late.status, answer.error.code]).toEqual([409, 'changed-meanwhile']);
      expect(answer.patient).toMatchObject({ name: 'Nia Newman', numbers: ['+12062020178'], version: 2 });
    }
    await expectNumbersInStep();
    expect(await auditedActions()).toEqual(['patient-changed', 'patient-added']);
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: '\u202e' }],
    ['name', { name: '123' }],
    ['name', { name: 'x'.repeat(101) }],
    ['numbers.0', { numbers: ['12345'] }],
    ['numbers.1', { numbers: ['2062020177', '+44 20 7946 0958'] }],
    ['numbers.0', { numbers: ['800 555 0199'] }],
    ['numbers.3', { numbers: ['2062020171', '2062020172', '2062020173', '2062020174'] }],
    ['language', { language: 'Klingonese of the north' }],
    ['status', { status: 'dead' }],
  ])('refuses a wrong %s and says so', async (field, wrong) => {
    const answer = await admin.post(PATIENTS, { ...NIA, ...wrong });
    expect(answer.status).toBe(400);
    const { error } = await answer.json<{ error: { message: string } }>();
    expect(error.message).toContain(`“${field}”`);
    expect(await names('q=nia')).toEqual([]);
  });

  it('shows hostile text as what it is', async () => {
    const name = `<img src=x onerror=alert(1)> O'Brien`;
    expect((await added({ ...NIA, name })).name).toBe(name);
    expect(await names(`q=${encodeURIComponent("o'brien")}`)).toEqual([name]);
  });

  it('of other practices is searched only where the enterprise allows it', async () => {
    const path = '/api/practices/lakeside/patients?q=theo&everywhere=1';
    const staff = await signedInAs('staff@lakeside.example');
    expect((await staff.ask(path)).status).toBe(403);
    await env.DB.prepare("UPDATE enterprise SET any_patient = '{}'").run();
    expect(await (await staff.ask(path)).json()).toMatchObject({
      mayReachAny: true,
      patients: [{ name: 'Theo Lindgren', practiceId: 'harbor' }],
    });
    expect(await (await staff.ask(path.replace('&everywhere=1', ''))).json()).toMatchObject({ patients: [] });
  });
});

describe('a conversation follows the directory', () => {
  const becomes = (names: string[][]) =>
    vi.waitFor(async () => expect(await callerNames()).toEqual(names), { timeout: 5_000 });

  it('as a patient is added, changed, dies, and is removed', async () => {
    await fire('/hooks/demo/abandoned-call/harbor-hangup-en?from=2062020177');
    await becomes([[]]);
    const { id } = await added();
    await becomes([['Nia New']]);
    await put(id, { ...NIA, name: 'Nia Newman', version: 1 });
    await becomes([['Nia Newman']]);
    await put(id, { ...NIA, name: 'Nia Newman', status: 'deceased', version: 2 });
    await becomes([[]]);
    await put(id, { ...NIA, name: 'Nia Newman', version: 3 });
    await becomes([['Nia Newman']]);
    await put(id, { ...NIA, name: 'Nia Newman', numbers: ['2062020178'], version: 4 });
    await becomes([[]]);
    await put(id, { ...NIA, name: 'Nia Newman', version: 5 });
    await becomes([['Nia Newman']]);
    await remove(id, 6);
    await becomes([[]]);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM match_tasks').first('n')).toBe(0);
  });

  it('as patients are imported, and where a record was replaced by one that changes', async () => {
    await fire('/hooks/demo/abandoned-call/harbor-hangup-en?from=2062020177');
    await imported([{ ...rowOf(1), externalId: 'old', numbers: ['2062020177'], replacedBy: 'new' }]);
    await becomes([[]]);
    await imported([{ ...rowOf(1), name: 'Nia Now', externalId: 'new', numbers: ['2062020178'] }], 'second');
    await becomes([['Nia Now']]);
  });
});

function rowOf(row: number): PatientRow {
  return {
    row,
    name: `Patient ${row}`,
    numbers: [`206 202 ${4000 + row}`],
    language: '',
    status: 'active',
    externalId: '',
    replacedBy: '',
  };
}

async function begun(fingerprint = 'file'): Promise<PatientImport> {
  const answer = await admin.post(IMPORTS, { fingerprint, fileName: 'patients.csv' });
  return (await answer.json<{ import: PatientImport }>()).import;
}

async function take(id: string, from: number, rows: PatientRow[], unreadable = 0) {
  const answer = await admin.post(`${IMPORTS}/${id}/rows`, {
    from,
    to: from + rows.length + unreadable,
    rows,
    unreadable,
  });
  const body = await answer.json<{ import: PatientImport; faults: RowFault[] }>();
  return { status: answer.status, ...body };
}

const end = (id: string, isCancelled: boolean) =>
  admin.ask(`${IMPORTS}/${id}`, { method: 'PUT', json: { isCancelled } });

async function imported(rows: PatientRow[], fingerprint = 'file'): Promise<PatientImport> {
  const { id } = await begun(fingerprint);
  expect(await take(id, 0, rows)).toMatchObject({ status: 200 });
  return (await (await end(id, false)).json<{ import: PatientImport }>()).import;
}

describe('an import', () => {
  it('takes what is right, says what is wrong with the rest, and again changes nothing', async () => {
    const rows = [
      rowOf(1),
      { ...rowOf(2), name: '' },
      { ...rowOf(3), numbers: ['12'] },
      { ...rowOf(4), numbers: ['12', '2062024004'], language: 'Elvish tongue' },
      { ...rowOf(5), numbers: ['', ''] },
      // The one before under another row number: the same patient.
      { ...rowOf(1), row: 6, language: 'es' },
    ];
    const { id } = await begun();
    const first = await take(id, 0, rows, 1);
    expect(first.faults).toEqual([
      { row: 2, isRefused: true, message: 'There is no name.' },
      { row: 3, isRefused: true, message: 'Not a US phone number with its area code.' },
      {
        row: 4,
        isRefused: false,
        message: 'Taken without one number: not a US phone number with its area code.',
      },
      { row: 4, isRefused: false, message: 'Taken without the language, which is not known.' },
      {
        row: 5,
        isRefused: false,
        message: 'Taken, but there is no number by which a caller could be matched.',
      },
    ]);
    expect(first.import).toMatchObject({ rowsDone: 7, added: 3, changed: 0, refused: 3, endedAt: null });
    expect((await list('q=patient 1')).patients).toMatchObject([{ language: 'es' }]);
    await end(id, false);

    const writes = await env.DB.prepare('SELECT sum(version) AS n FROM patients').first('n');
    expect(await imported(rows)).toMatchObject({ added: 0, changed: 0, refused: 2 });
    expect(await env.DB.prepare('SELECT sum(version) AS n FROM patients').first('n')).toBe(writes);
    expect(await imported([{ ...rowOf(1), status: 'deceased' }])).toMatchObject({ added: 0, changed: 1 });
    await expectNumbersInStep();
    expect(await auditedActions()).toEqual([
      'import-ended',
      'import-begun',
      'import-ended',
      'import-begun',
      'import-ended',
      'import-begun',
    ]);
  });

  it('leaves alone what the file does not tell', async () => {
    await imported([{ ...rowOf(1), language: 'es', status: 'deceased', externalId: 'a', replacedBy: 'b' }]);
    const told = { language: null, status: null, replacedBy: null };
    await imported([{ ...rowOf(1), ...told, name: 'Patient One', externalId: 'a' }], 'second');
    expect((await list('q=patient')).patients).toMatchObject([
      { name: 'Patient One', language: 'es', status: 'deceased', replacedBy: expect.any(String) },
    ]);
    await imported([{ ...rowOf(1), externalId: 'a' }], 'third');
    expect((await list('q=patient')).patients).toMatchObject([
      { name: 'Patient 1', language: null, status: 'active', replacedBy: null },
    ]);
  });

  it('goes on where it was, also where an answer was lost', async () => {
    const { id } = await begun();
    await take(id, 0, [rowOf(1), rowOf(2)]);
    // The answer was lost, and the browser sends the same again.
    const again = await take(id, 0, [rowOf(1), rowOf(2)]);
    expect(again).toMatchObject({ status: 409, import: { rowsDone: 2, added: 2 } });
    expect(await begun()).toMatchObject({ id, rowsDone: 2, endedAt: null });
    expect(await take(id, 2, [rowOf(3)])).toMatchObject({ status: 200, import: { rowsDone: 3, added: 3 } });
    await end(id, false);
    expect(await take(id, 3, [rowOf(4)])).toMatchObject({ status: 409 });
    expect(await begun()).toMatchObject({ rowsDone: 0 });
  });

  it('that is called off keeps what was taken', async () => {
    const { id } = await begun();
    await take(id, 0, [rowOf(1)]);
    expect(await (await end(id, true)).json()).toMatchObject({ import: { isCancelled: true, added: 1 } });
    // It stays as it ended.
    expect(await (await end(id, false)).json()).toMatchObject({ import: { isCancelled: true } });
    expect(await names('q=patient')).toEqual(['Patient 1']);
  });

  it('checks rows without writing anything', async () => {
    const answer = await admin.post(CHECKS, { rows: [rowOf(1), { ...rowOf(2), name: '' }] });
    expect(await answer.json()).toEqual({
      faults: [{ row: 2, isRefused: true, message: 'There is no name.' }],
    });
    expect(await names('q=patient')).toEqual([]);
  });

  it('takes a whole batch or nothing of it', async () => {
    const { id } = await begun();
    for (const wrong of [
      { from: 0, to: 1, rows: [{ ...rowOf(1), name: 'x'.repeat(501) }], unreadable: 0 },
      { from: 0, to: 1, rows: [{ ...rowOf(1), more: 1 }], unreadable: 0 },
      { from: 0, to: 1001, rows: Array.from({ length: 1001 }, (_, n) => rowOf(n + 1)), unreadable: 0 },
      { from: 1, to: 1, rows: [], unreadable: 0 },
    ]) {
      expect((await admin.post(`${IMPORTS}/${id}/rows`, wrong)).status).toBe(400);
    }
    expect(await names('q=patient')).toEqual([]);
  });
});

describe('an export', () => {
  const file = async (format: string) => {
    const answer = await admin.ask(`${EXPORT}?format=${format}`);
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="patients-harbor.${format}"`,
    );
    // The decoder takes the mark at its beginning off.
    return new TextDecoder().decode(await answer.arrayBuffer()).split(/\r?\n/);
  };

  it('is a table that no spreadsheet takes for a formula', async () => {
    await added({ ...NIA, name: '=HYPERLINK("http://x")' });
    const lines = await file('csv');
    expect(lines[0]).toBe('Name,Phone,Phone 2,Phone 3,Language,Status,ID');
    expect(lines).toContain(`"'=HYPERLINK(""http://x"")",(206) 202-0177,,,es,active,`);
    expect(lines).toContain('Lucía Romero,(206) 202-0313,(206) 202-0314,,es,active,');
    expect(lines.filter((line) => /(^|,)"?[=+\-@]/.test(line))).toEqual([]);
  });

  it('is FHIR, with what another system calls a patient', async () => {
    await imported([{ ...rowOf(1), externalId: 'ehr-1', replacedBy: 'ehr-2' }]);
    const patients = (await file('ndjson')).filter((line) => line !== '').map((line) => JSON.parse(line));
    expect(patients).toHaveLength(7);
    expect(patients.find(({ id }) => id === 'ehr-1')).toMatchObject({
      resourceType: 'Patient',
      active: true,
      name: [{ text: 'Patient 1' }],
      telecom: [{ system: 'phone', value: '+12062024001' }],
      link: [{ type: 'replaced-by' }],
    });
    expect(patients.find(({ deceasedBoolean }) => deceasedBoolean)).toMatchObject({ active: false });
    expect((await auditedActions())[0]).toBe('patients-exported');
    expect((await admin.ask(`${EXPORT}?format=xls`)).status).toBe(400);
  });
});

describe('who may', () => {
  const ONE = `${PATIENTS}/seed-theo-lindgren`;
  const BODY = { ...NIA, version: 1 };
  const CASES: [string, string, unknown, number, number, number, number][] = [
    // method, path, body: staff, manager, admin, a manager of another practice
    ['GET', PATIENTS, undefined, 200, 200, 200, 404],
    ['GET', ONE, undefined, 200, 200, 200, 404],
    ['POST', PATIENTS, NIA, 403, 201, 201, 404],
    ['PUT', ONE, BODY, 403, 200, 200, 404],
    ['DELETE', `${ONE}?version=1`, undefined, 403, 204, 204, 404],
    ['POST', CHECKS, { rows: [] }, 403, 200, 200, 404],
    ['POST', IMPORTS, { fingerprint: 'f', fileName: 'f' }, 403, 200, 200, 404],
    ['GET', `${IMPORTS}/there`, undefined, 403, 200, 200, 404],
    ['PUT', `${IMPORTS}/there`, { isCancelled: true }, 403, 200, 200, 404],
    ['POST', `${IMPORTS}/there/rows`, { from: 0, to: 1, rows: [], unreadable: 1 }, 403, 200, 200, 404],
    ['GET', EXPORT, undefined, 403, 200, 200, 404],
  ];

  it.each(CASES)('%s %s', async (method, path, json, ...statuses) => {
    await env.DB.batch(
      [
        `INSERT INTO staff (id, email, name, password_hash, is_admin)
         SELECT 'harbor-manager', 'manager@harbor.example', 'Lee', password_hash, 0 FROM staff WHERE id = 'admin'`,
        "INSERT INTO memberships (staff_id, practice_id, role) VALUES ('harbor-manager', 'harbor', 'manager')",
        `INSERT INTO patient_imports (id, practice_id, fingerprint, file_name, started_by, started_at)
         VALUES ('there', 'harbor', 'other', 'f.csv', 'admin', 1)`,
      ].map((sql) => env.DB.prepare(sql)),
    );
    const emails = [
      'staff@harbor.example',
      'manager@harbor.example',
      'admin@offhook.example',
      'manager@lakeside.example',
    ];
    for (const [index, email] of emails.entries()) {
      if (method === 'PUT' || method === 'DELETE')
        await env.DB.batch([
          env.DB.prepare("DELETE FROM patients WHERE id = 'seed-theo-lindgren'"),
          env.DB.prepare(
            `INSERT INTO patients (practice_id, id, name, name_key, numbers, updated_at)
             VALUES ('harbor', 'seed-theo-lindgren', 'Theo', 'theo', '[]', 1)`,
          ),
        ]);
      await env.DB.prepare(
        "DELETE FROM patients WHERE name = 'Nia New' AND id <> 'seed-theo-lindgren'",
      ).run();
      await env.DB.prepare("UPDATE patient_imports SET rows_done = 0 WHERE id = 'there'").run();
      const answer = await (await signedInAs(email)).ask(path, { method, json });
      await answer.text();
      expect([email, answer.status]).toEqual([email, statuses[index]]);
    }
  });
});
