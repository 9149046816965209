import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import type { FoundPatient } from '../../domain/patients/found-patient.ts';
import type { Patient } from '../../domain/patients/patient.ts';
import type { Env } from '../../env.ts';
import { anyPatient } from '../../practices/any-patient.ts';
import { searchPatients } from '../../practices/patient-search.ts';
import { practices } from '../../practices/practices.ts';
import { Problem } from '../../problem.ts';
import { auditFirst } from '../audit/audited.ts';
import { practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { inboxOf } from './inbox-of-practice.ts';

/** Patients by name or number, with the conversations that the practice has with them: for the inbox's search. */
export const patientConversations = new Hono<SignedInEnv>();

const PATH = '/api/practices/:practice/patient-conversations';

const MAX_QUERY_LENGTH = 200;
const MOST_FOUND = 20;

patientConversations.get(
  PATH,
  describeRoute({
    summary:
      'Active patients by name or number, of all practices where the enterprise allows it, and the conversations here with their numbers',
    responses: {
      200: {
        description: '`patients`, 20 at most; `isEverywhere`: those of other practices were looked at.',
      },
      400: { description: '`invalid-request`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const practice = practiceOf(c.var.session, c.req.param('practice'));
    const { q = '' } = c.req.query();
    if (q.trim() === '' || q.length > MAX_QUERY_LENGTH)
      throw new Problem('invalid-request', { message: 'Search for a name or a number.' });
    const { isOn: isEverywhere } = await anyPatient(c.env.DB);
    if (isEverywhere) {
      // What was sought stays out of the log: it is a name.
      await auditFirst(c, {
        log: [practice.id, ENTERPRISE_LOG],
        action: 'other-patients-searched',
        subject: { is: 'practice', id: practice.id, label: practice.name },
      });
    }
    const found = await activePatients(c.env, q, practice.id, isEverywhere);
    return c.json({ patients: await withConversations(c.env, practice.id, found), isEverywhere });
  },
);

patientConversations.all(PATH, () => {
  throw new Problem('wrong-method');
});

/** Those of the practice first. */
async function activePatients(
  env: Env,
  query: string,
  practiceId: string,
  isEverywhere: boolean,
): Promise<Patient[]> {
  const searched = async (of: string | null) =>
    (await searchPatients(env.DB, { practiceId: of, query, after: null })).patients;
  const [own, all] = await Promise.all([searched(practiceId), isEverywhere ? searched(null) : []]);
  return [...own, ...all.filter((one) => one.practiceId !== practiceId)]
    .filter(({ status, replacedBy }) => status === 'active' && replacedBy === null)
    .slice(0, MOST_FOUND);
}

async function withConversations(
  env: Env,
  practiceId: string,
  patients: readonly Patient[],
): Promise<FoundPatient[]> {
  if (patients.length === 0) return [];
  const [names, callers] = await Promise.all([
    practices(env.DB),
    inboxOf(env, practiceId).callersWith(patients.flatMap(({ numbers }) => numbers)),
  ]);
  const conversations = Map.groupBy(callers ?? [], ({ caller }) => caller.number);
  return patients.map(({ id, name, practiceId: of, numbers }) => ({
    id,
    name,
    practice: { id: of, name: names.find((one) => one.id === of)?.name ?? of },
    numbers: numbers.map((number) => ({
      number,
      conversations: (conversations.get(number) ?? []).map((one) => one.id),
    })),
  }));
}
