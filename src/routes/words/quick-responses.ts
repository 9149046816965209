import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { AuditAction, AuditSubject } from '../../domain/audit/audit-entry.ts';
import { MAX_GROUPS, MAX_RESPONSES, type QuickResponses } from '../../domain/words/quick-response.ts';
import {
  addResponse,
  archiveResponse,
  arrangeResponses,
  changeResponse,
  groupOf,
  type ResponsesEdit,
  removeResponse,
} from '../../domain/words/quick-response-changes.ts';
import {
  editQuickResponses,
  languagesOfTriggers,
  quickResponsesOf,
} from '../../practices/quick-responses.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import {
  managedPracticeOf,
  managersOnly,
  practiceOf,
  type SignedInEnv,
  signedIn,
} from '../people/signed-in.ts';
import {
  ArchiveBody,
  ChangedResponseBody,
  GroupsBody,
  MAX_RESPONSE_BYTES,
  ResponseBody,
} from './quick-response-bodies.ts';

/** The saved replies of a practice: everybody there uses them, managers write them. */
export const quickResponses = new Hono<SignedInEnv>();

const RESPONSES = '/api/practices/:practice/quick-responses';
const RESPONSE = `${RESPONSES}/:response`;
// Beside the responses, not below: the router tells no fixed part from an id in the same place.
const GROUPS = '/api/practices/:practice/quick-response-groups';

const refusals = {
  400: { description: '`invalid-request`; the message names the field.' },
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};
const CONFLICT = '`changed-meanwhile`, with all as it is now';

quickResponses.get(
  RESPONSES,
  describeRoute({
    summary: 'The quick responses of a practice, in its groups and order; `If-None-Match` is understood',
    responses: {
      200: { description: '`groups`, `responses` and `languages`, those that triggers text in.' },
      304: { description: 'As it was.' },
      404: refusals[404],
    },
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const [{ stamp, ...all }, languages] = await Promise.all([
      quickResponsesOf(c.env.DB, id),
      languagesOfTriggers(c.env.DB, id),
    ]);
    const tag = `"${[stamp, ...languages].join('.')}"`;
    c.header('ETag', tag);
    if (c.req.header('If-None-Match') === tag) return c.body(null, 304);
    return c.json({ ...all, languages });
  },
);

quickResponses.post(
  RESPONSES,
  describeRoute({
    summary: 'Add a quick response (managers)',
    responses: {
      201: { description: '`id`, and all as it is now' },
      409: { description: '`title-taken` or `list-full`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(ResponseBody, MAX_RESPONSE_BYTES),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const id = crypto.randomUUID();
    const written = c.req.valid('json');
    const what = { action: 'quick-response-added', id } as const;
    return answer(c, practice, what, (before) => addResponse(before, id, written));
  },
);

quickResponses.put(
  RESPONSE,
  describeRoute({
    summary: 'Change what a quick response says, or its group (managers)',
    responses: {
      200: { description: 'All as it is now' },
      409: { description: `${CONFLICT}, or \`title-taken\`` },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(ChangedResponseBody, MAX_RESPONSE_BYTES),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { version, ...written } = c.req.valid('json');
    const id = c.req.param('response');
    const what = { action: 'quick-response-changed', id } as const;
    return answer(c, practice, what, (before) => changeResponse(before, id, written, version));
  },
);

quickResponses.patch(
  RESPONSE,
  describeRoute({
    summary: 'Put a quick response into the archive, or take it out again (managers)',
    responses: { 200: { description: 'All as it is now' }, ...refusals },
  }),
  signedIn,
  managersOnly,
  jsonBody(ArchiveBody),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { isArchived } = c.req.valid('json');
    const id = c.req.param('response');
    const action = isArchived ? 'quick-response-archived' : 'quick-response-restored';
    return answer(c, practice, { action, id }, (before) => archiveResponse(before, id, isArchived));
  },
);

quickResponses.delete(
  RESPONSE,
  describeRoute({
    summary: 'Delete a quick response for good (managers)',
    responses: {
      200: { description: 'All as it is now' },
      403: refusals[403],
      404: refusals[404],
    },
  }),
  signedIn,
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const id = c.req.param('response');
    const what = { action: 'quick-response-deleted', id } as const;
    return answer(c, practice, what, (before) => removeResponse(before, id));
  },
);

quickResponses.put(
  GROUPS,
  describeRoute({
    summary: 'Set the groups, their order, and the order in them (managers)',
    responses: {
      200: { description: 'All as it is now' },
      409: { description: CONFLICT },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(GroupsBody, MAX_RESPONSE_BYTES),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { groups, expected } = c.req.valid('json');
    const what = { action: 'quick-responses-arranged', id: null } as const;
    return answer(c, practice, what, (before) => arrangeResponses(before, groups, expected));
  },
);

for (const path of [RESPONSES, RESPONSE, GROUPS]) {
  quickResponses.all(path, () => {
    throw new Problem('wrong-method');
  });
}

interface Done {
  action: AuditAction;
  /** Of a response; null where it is about all of them. */
  id: string | null;
}

/** What there is now comes with every answer, so that nobody has to ask again. */
async function answer(
  c: Context<SignedInEnv>,
  { id: practiceId, name }: { id: string; name: string },
  { action, id }: Done,
  decide: (before: QuickResponses) => ResponsesEdit,
): Promise<Response> {
  const { edit, now } = await audited(c, (entry) =>
    editQuickResponses(c.env.DB, practiceId, decide, (before, after) => {
      const [was, is] = [detailOf(before, id), detailOf(after, id)];
      const title = [...after.responses, ...before.responses].find((one) => one.id === id)?.title ?? '';
      const subject: AuditSubject =
        id === null
          ? { is: 'practice', id: practiceId, label: name }
          : { is: 'quick-response', id, label: title };
      return entry({ log: practiceId, action, subject, before: was, after: is });
    }),
  );
  const { groups, responses } = now;
  const all = action === 'quick-response-added' ? { id, groups, responses } : { groups, responses };
  switch (edit.is) {
    case 'changed':
    case 'same':
      return c.json(all, action === 'quick-response-added' ? 201 : 200);
    case 'conflict': {
      const { code, message } = new Problem('changed-meanwhile');
      return c.json({ error: { code, message, requestId: c.var.requestId }, groups, responses }, 409);
    }
    case 'not-found':
    case 'full':
    case 'title-taken':
      throw refusalOf(edit);
  }
}

/** For the audit log: of one what it says and where it stands, of all of them the order. */
function detailOf(all: QuickResponses, id: string | null): object | null {
  const titles = new Map(all.responses.map((one) => [one.id, one.title]));
  if (id === null) {
    const inOrder = (ids: string[]) => ids.map((one) => titles.get(one) ?? '').join(', ');
    return { groups: all.groups.map(({ name, ids }) => `${name}: ${inOrder(ids)}`) };
  }
  const one = all.responses.find((response) => response.id === id);
  if (one === undefined) return null;
  const { title, texts, isArchived } = one;
  return { title, group: groupOf(all, id)?.name, texts, isArchived };
}

export function refusalOf(
  edit: Extract<ResponsesEdit, { is: 'not-found' | 'full' | 'title-taken' }>,
): Problem {
  switch (edit.is) {
    case 'not-found':
      return new Problem('not-found');
    case 'full':
      return new Problem('list-full', {
        message:
          edit.of === 'groups'
            ? `There is room for ${MAX_GROUPS} groups. Use one that is there, or take one away that is empty.`
            : `There is room for ${MAX_RESPONSES} quick responses, those in the archive included. Delete some first.`,
      });
    case 'title-taken':
      return new Problem('title-taken', {
        message: edit.isArchived
          ? 'There is one of this title in the archive. Restore that one, or choose another title.'
          : 'There is one of this title already. Choose another title, or change that one.',
      });
  }
}
