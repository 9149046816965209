import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type * as z from 'zod';
import { defaultText, defaultTextLanguage } from '../../domain/triggers/default-text.ts';
import type { TriggerSettings } from '../../domain/triggers/trigger-edits.ts';
import type { EnvironmentName } from '../../env.ts';
import { phoneSystem as phoneSystemNamed } from '../../phone-systems/phone-systems.ts';
import { linesOfPractice } from '../../practices/lines.ts';
import {
  type StoredTrigger,
  triggerOfPractice,
  triggersOfPractice,
} from '../../practices/managed-triggers.ts';
import { createTrigger, editTrigger } from '../../practices/trigger-changes.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { managedPracticeOf, managersOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { managedTriggerOf, shown, shownNow, TRIGGER, TRIGGERS, triggerSubject } from './managed-trigger.ts';
import { noteTextReview } from './note-text-review.ts';
import { NewTriggerBody, TriggerChange } from './trigger-bodies.ts';

/** The triggers of a practice: what they are and how they behave. For managers. */
export const triggers = new Hono<SignedInEnv>();

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

triggers.get(
  TRIGGERS,
  describeRoute({
    summary: 'The triggers of a practice, and the lines that can have some (managers)',
    responses: { 200: { description: '`triggers`, their addresses masked, and `lines`.' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const [stored, lines] = await Promise.all([
      triggersOfPractice(c.env.DB, id),
      linesOfPractice(c.env.DB, id),
    ]);
    return c.json({ triggers: stored.map((one) => shown(one, c.env.ENVIRONMENT, Date.now())), lines });
  },
);

triggers.post(
  TRIGGERS,
  describeRoute({
    summary: 'Add a trigger to a line (managers)',
    responses: {
      201: { description: '`trigger`. It is on, but in production and where no default text is known.' },
      400: { description: '`invalid-request`; the message names the field.' },
      409: { description: '`trigger-exists`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(NewTriggerBody),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { line, useCase, language } = c.req.valid('json');
    const lines = await linesOfPractice(c.env.DB, practice.id);
    const lineMeant = lines.find(({ id }) => id === line);
    if (lineMeant === undefined) throw new Problem('not-found');
    const known = defaultTextLanguage(language);
    const [id, log] = [crypto.randomUUID(), practice.id];
    const begun = {
      useCase,
      language,
      text: defaultText(useCase, known ?? 'en', practice.name),
      // English for who speaks something else waits until somebody has written a text.
      isOn: known !== null && c.env.ENVIRONMENT !== 'production',
    };
    const isMade = await audited(c, (entry) => {
      const subject = triggerSubject(id, { line: lineMeant, useCase, language });
      const made = entry({ log, action: 'trigger-added', subject, after: begun });
      return createTrigger(c.env.DB, { id, lineId: line, ...begun }, made);
    });
    const stored = isMade ? await triggerOfPractice(c.env.DB, practice.id, id) : null;
    if (stored === null) throw new Problem('trigger-exists');
    return c.json({ trigger: shown(stored, c.env.ENVIRONMENT, Date.now()) }, 201);
  },
);

triggers.patch(
  TRIGGER,
  describeRoute({
    summary: 'Change a trigger; `expected` says what was seen of it before (managers)',
    responses: {
      200: { description: '`trigger` as it is now.' },
      400: { description: '`invalid-request`; the message names the field.' },
      409: { description: '`changed-meanwhile`, with `trigger` as it is now, or `not-live-yet`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(TriggerChange),
  async (c) => {
    const managed = await managedTriggerOf(c);
    const { expected, ...change } = c.req.valid('json');
    const wanted = flat(change);
    refuseUntimely(wanted, managed.trigger, c.env.ENVIRONMENT);
    const { practice, trigger } = managed;
    const edited = await audited(c, (entry) => {
      const about = { log: practice.id, subject: triggerSubject(trigger.id, trigger) };
      const edit = { wanted, seen: flat(expected) };
      return editTrigger(c.env.DB, practice.id, trigger.id, edit, (before, after) =>
        entry({ ...about, action: 'trigger-changed', before, after }),
      );
    });
    switch (edited.is) {
      case 'gone':
        throw new Problem('not-found');
      case 'conflict': {
        const { code, message } = new Problem('changed-meanwhile');
        const error = { code, message, requestId: c.var.requestId };
        return c.json({ error, trigger: await shownNow(c, managed) }, 409);
      }
      case 'same':
      case 'changed':
        if (wanted.text !== undefined) await noteTextReview(c, managed, wanted.text);
        return c.json({ trigger: await shownNow(c, managed) });
    }
  },
);

for (const path of [TRIGGERS, TRIGGER]) {
  triggers.all(path, () => {
    throw new Problem('wrong-method');
  });
}

type Change = Pick<z.output<typeof TriggerChange>, 'text' | 'isOn' | 'phoneSystem' | 'rules'>;

function flat({ rules, ...change }: Change): Partial<TriggerSettings> {
  return { ...definedOf(change), ...definedOf(rules ?? {}) };
}

function definedOf<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

/** What is well-formed, and cannot be because of what the trigger is otherwise. */
function refuseUntimely(
  wanted: Partial<TriggerSettings>,
  { rules, wentLive, isOn }: StoredTrigger,
  environment: EnvironmentName,
): void {
  const { hoursRule, closedText } = { ...rules, ...wanted };
  if (hoursRule === 'other-text' && closedText === null) {
    throw new Problem('invalid-request', {
      message: 'Check “rules.closedText”: write the text for closed hours, or choose another rule.',
    });
  }
  const { phoneSystem } = wanted;
  if (typeof phoneSystem === 'string' && phoneSystemNamed(phoneSystem) === null) {
    throw new Problem('invalid-request', {
      message: 'Check “phoneSystem”: use one that the recipes name, or null.',
    });
  }
  if (wanted.isOn === true && !isOn && environment === 'production' && wentLive === null)
    throw new Problem('not-live-yet');
}
