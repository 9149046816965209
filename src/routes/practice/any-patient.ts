import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { ACKNOWLEDGEMENT_TEXT } from '../../domain/patients/any-patient.ts';
import { anyPatient as readAnyPatient, setAnyPatient } from '../../practices/any-patient.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { tellMatches } from '../patients/tell-matches.ts';
import { adminOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/** "Practices may message and search any patient"; an admin's. */
export const anyPatient = new Hono<SignedInEnv>();

const PATH = '/api/enterprise/any-patient';

const words = (missing: string, max: number) =>
  z.string(missing).trim().min(1, missing).max(max, `at most ${max} characters`);

const Setting = z.discriminatedUnion('isOn', [
  z.strictObject({ isOn: z.literal(false) }),
  z.strictObject({
    isOn: z.literal(true),
    acknowledgement: z.strictObject(
      {
        name: words('write the name of who answers for it', 100),
        role: words('write their role, such as privacy officer', 100),
        text: words('write what they agreed to', 600),
      },
      'turning it on needs a compliance acknowledgement: name, role and text',
    ),
  }),
]);

anyPatient.get(
  PATH,
  describeRoute({
    summary: 'Whether practices may message and search any patient, and who answers for it (admins)',
    responses: {
      200: { description: '`setting`: `isOn`, `acknowledgement`; and `text`, what to ask to agree to.' },
      403: { description: '`not-allowed`' },
    },
  }),
  signedIn,
  adminOnly,
  async (c) => c.json({ setting: await readAnyPatient(c.env.DB), text: ACKNOWLEDGEMENT_TEXT }),
);

anyPatient.put(
  PATH,
  describeRoute({
    summary:
      'Let practices message and search any patient, on a named acknowledgement, or no longer; conversations follow at once (admins)',
    responses: {
      200: { description: '`setting` as it is now.' },
      400: { description: '`invalid-request`: without an acknowledgement it stays off.' },
      403: { description: '`not-allowed`' },
    },
  }),
  signedIn,
  adminOnly,
  jsonBody(Setting),
  async (c) => {
    const wanted = c.req.valid('json');
    const { id, name } = c.var.session.staff;
    const acknowledgement = wanted.isOn
      ? { ...wanted.acknowledgement, at: Date.now(), recordedBy: { id, name } }
      : null;
    await audited(c, (entry) =>
      setAnyPatient(
        c.env.DB,
        acknowledgement,
        entry({
          log: ENTERPRISE_LOG,
          action: wanted.isOn ? 'any-patient-on' : 'any-patient-off',
          subject: { is: 'enterprise', id: ENTERPRISE_LOG, label: 'Any patient' },
          after: acknowledgement,
        }),
      ),
    );
    c.executionCtx.waitUntil(tellMatches(c.env));
    return c.json({ setting: { isOn: wanted.isOn, acknowledgement } });
  },
);

anyPatient.all(PATH, () => {
  throw new Problem('wrong-method');
});
