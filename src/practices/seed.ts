import { hashPassword, SALT_BYTES } from '../domain/people/password-hash.ts';
import { type DefaultTextLanguage, defaultText } from '../domain/triggers/default-text.ts';
import type { UseCase } from '../domain/triggers/use-case.ts';
import { HARBOR_HOURS, LAKESIDE_HOURS } from './seed-hours.ts';
import { patientNumbers, patients } from './seed-patients.ts';

/**
 * The demo practices, for one machine only: their tokens and their password are in the README. Deployed
 * environments start empty, and nothing in the Worker calls this.
 */
export const SEED_PASSWORD = 'offhook-demo';

type Row = Record<string, string | number | null>;

const LAKESIDE = { id: 'lakeside', name: 'Lakeside Family Clinic', kind: 'call-center' };
const HARBOR = { id: 'harbor', name: 'Harbor Pediatrics', kind: 'clinic' };

const practices: Row[] = [LAKESIDE, HARBOR].map((practice) => ({
  ...practice,
  time_zone: 'America/Los_Angeles',
}));

// Main numbers are fictional ones, which nobody can be called at; those of the lines have to be textable.
const SIMULATED_PACE = 100;
const lines: Row[] = [
  {
    id: 'lakeside-main',
    practice_id: LAKESIDE.id,
    name: 'Main line',
    number: '+12062020100',
    main_number: '+12065550101',
    carrier: 'simulator',
    segments_per_second: SIMULATED_PACE,
  },
  {
    id: 'harbor-main',
    practice_id: HARBOR.id,
    name: 'Main line',
    number: '+12062020200',
    main_number: '+12065550102',
    carrier: 'simulator',
    segments_per_second: SIMULATED_PACE,
  },
];

const triggers: Row[] = [
  trigger(LAKESIDE, 'call-to-text', 'en'),
  trigger(LAKESIDE, 'call-to-text', 'es'),
  trigger(LAKESIDE, 'abandoned-call', 'en'),
  trigger(LAKESIDE, 'abandoned-call', 'es'),
  trigger(HARBOR, 'call-to-text', 'en'),
  trigger(HARBOR, 'abandoned-call', 'en'),
];

const practiceHours: Row[] = [
  { practice_id: LAKESIDE.id, hours: JSON.stringify(LAKESIDE_HOURS) },
  { practice_id: HARBOR.id, hours: JSON.stringify(HARBOR_HOURS) },
];

const staff: Row[] = [
  { id: 'lakeside-staff', email: 'staff@lakeside.example', name: 'Ana Reyes', is_admin: 0 },
  { id: 'lakeside-manager', email: 'manager@lakeside.example', name: 'Marcus Webb', is_admin: 0 },
  { id: 'harbor-staff', email: 'staff@harbor.example', name: 'Priya Nair', is_admin: 0 },
  { id: 'admin', email: 'admin@offhook.example', name: 'Jo Lindqvist', is_admin: 1 },
];

const memberships: Row[] = [
  { staff_id: 'lakeside-staff', practice_id: LAKESIDE.id, role: 'staff' },
  { staff_id: 'lakeside-manager', practice_id: LAKESIDE.id, role: 'manager' },
  { staff_id: 'harbor-staff', practice_id: HARBOR.id, role: 'staff' },
];

// One for all four, and made once: it takes a while, and hides nothing.
let passwordHash: string | undefined;

/** Can be run again: what is there stays as it is. */
export function seedStatements(): string[] {
  passwordHash ??= hashPassword(SEED_PASSWORD, crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const password_hash = passwordHash;
  return [
    insert('practices', practices),
    insert('lines', lines),
    insert('triggers', triggers),
    insert('practice_hours', practiceHours),
    insert(
      'staff',
      staff.map((row) => ({ ...row, password_hash })),
    ),
    insert('memberships', memberships),
    insert('patients', patients),
    insert('patient_numbers', patientNumbers),
  ];
}

/** As `seedStatements`, in one piece. */
export function seedSql(): string {
  return seedStatements()
    .map((statement) => `${statement};\n`)
    .join('');
}

function trigger(
  practice: { id: string; name: string },
  useCase: UseCase,
  language: DefaultTextLanguage,
): Row {
  const id = `${practice.id}-${useCase === 'call-to-text' ? 'hold' : 'hangup'}-${language}`;
  const text = defaultText(useCase, language, practice.name);
  return { id, line_id: `${practice.id}-main`, use_case: useCase, language, token: id, text };
}

/** Not OR IGNORE, which would also pass over a row that breaks a CHECK. */
function insert(table: string, rows: Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => `  (${columns.map((column) => literal(row[column])).join(', ')})`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES\n${values.join(',\n')}\nON CONFLICT DO NOTHING`;
}

function literal(value: string | number | null | undefined): string {
  if (value === undefined || value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
