import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { MAX_GROUPS, MAX_RESPONSES, type QuickResponses } from '../domain/quick-response.ts';
import {
  addResponse,
  archiveResponse,
  arrangeResponses,
  changeResponse,
  type ResponsesEdit,
  removeResponse,
} from '../domain/quick-response-changes.ts';
import { editQuickResponses, languagesOfTriggers, quickResponsesOf } from '../practices/quick-responses.ts';
import { Problem } from '../problem.ts';
import { jsonBody } from './json-body.ts';
import {
  ArchiveBody,
  ChangedResponseBody,
  GroupsBody,
  MAX_RESPONSE_BYTES,
  ResponseBody,
} from './quick-response-bodies.ts';
import { managedPracticeOf, practiceOf, type SignedInEnv, signedIn } from './signed-in.ts';

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
  jsonBody(ResponseBody, MAX_RESPONSE_BYTES),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const id = crypto.randomUUID();
    const written = c.req.valid('json');
    return answer(c, practiceId, (before) => addResponse(before, id, written), { id });
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
  jsonBody(ChangedResponseBody, MAX_RESPONSE_BYTES),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { version, ...written } = c.req.valid('json');
    const id = c.req.param('response');
    return answer(c, practiceId, (before) => changeResponse(before, id, written, version));
  },
);

quickResponses.patch(
  RESPONSE,
  describeRoute({
    summary: 'Put a quick response into the archive, or take it out again (managers)',
    responses: { 200: { description: 'All as it is now' }, ...refusals },
  }),
  signedIn,
  jsonBody(ArchiveBody),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { isArchived } = c.req.valid('json');
    const id = c.req.param('response');
    return answer(c, practiceId, (before) => archiveResponse(before, id, isArchived));
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
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const id = c.req.param('response');
    return answer(c, practiceId, (before) => removeResponse(before, id));
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
  jsonBody(GroupsBody, MAX_RESPONSE_BYTES),
  async (c) => {
    const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { groups, expected } = c.req.valid('json');
    return answer(c, practiceId, (before) => arrangeResponses(before, groups, expected));
  },
);

for (const path of [RESPONSES, RESPONSE, GROUPS]) {
  quickResponses.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** What there is now comes with every answer, so that nobody has to ask again. */
async function answer(
  c: Context<SignedInEnv>,
  practiceId: string,
  decide: (before: QuickResponses) => ResponsesEdit,
  added?: { id: string },
): Promise<Response> {
  const { edit, now } = await editQuickResponses(c.env.DB, practiceId, decide);
  const { groups, responses } = now;
  switch (edit.is) {
    case 'changed':
    case 'same':
      return c.json({ ...added, groups, responses }, added === undefined ? 200 : 201);
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
