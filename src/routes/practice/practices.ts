import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { sightOfRole } from '../../domain/activity/activity-entry.ts';
import {
  CALLER_KINDS,
  FILTERED_USE_CASES,
  type InboxFilter,
  readFilter,
} from '../../domain/inbox/inbox-filter.ts';
import { INBOX_VIEWS, type InboxView, readCursor } from '../../domain/inbox/inbox-view.ts';
import type { Role } from '../../domain/people/signed-in.ts';
import { sessionBySecret } from '../../practices/sessions.ts';
import { staffOfPractice } from '../../practices/staff.ts';
import { Problem } from '../../problem.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';
import { sessionCookie } from '../people/session-cookie.ts';
import { managedPracticeOf, practiceOf, type SignedInEnv, signedIn } from '../people/signed-in.ts';
import { tellWaiting } from './tell-waiting.ts';

/** What the staff of a practice share: the list, its live socket, and who they are. */
export const practices = new Hono<SignedInEnv>();
practices.use('/api/practices/*', signedIn);

const MAX_QUERY_LENGTH = 200;

practices.get(
  '/api/practices/:practice/conversations',
  describeRoute({
    summary:
      'A page of a view of the inbox, or of what a search (`q`) finds; `line`, `language`, `useCase` (or `none`) and `callerKind` narrow either',
    responses: {
      200: {
        description:
          '`conversations`, 50 at most, and `nextCursor`. Of a narrowed view a page may be short, or empty, and more come after it all the same.',
      },
      400: { description: 'An unknown view, filter or cursor.' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const { view, q, cursor } = c.req.query();
    const staffId = c.var.session.staff.id;
    const asked = view === undefined || view === '' ? null : viewNamed(view);
    const filter = filterIn(c.req.query());
    if (q !== undefined && q.trim() !== '') {
      if (q.length > MAX_QUERY_LENGTH)
        throw new Problem('invalid-request', { message: 'Search for something shorter.' });
      return c.json(await inboxOf(c.env, id).search(q, asked, staffId, skipOf(cursor), filter));
    }
    const after = cursor ? readCursor(cursor) : null;
    if (cursor && after === null) throw unknownCursor();
    return c.json(await inboxOf(c.env, id).page(asked ?? 'open', staffId, after, filter));
  },
);

practices.get(
  '/api/practices/:practice/inbox',
  describeRoute({
    summary:
      'The live inbox, a WebSocket; see src/domain/inbox/inbox-frame.ts for its frames; `activity=1` asks for those of the activity too',
    responses: {
      101: { description: 'Frames follow, the snapshot first.' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  async (c) => {
    const { id, role } = practiceOf(c.var.session, c.req.param('practice'));
    if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
      throw new Problem('invalid-request', { message: 'Open this address as a WebSocket.' });
    }
    const { staff, sessionExpiresAt } = c.var.session;
    // A request of our own making: nothing that the client sent reaches the object but `since` and what it wants to hear of.
    const address = new URL('https://inbox/');
    address.searchParams.set('staff', staff.id);
    address.searchParams.set('name', staff.name);
    address.searchParams.set('role', role);
    address.searchParams.set('validUntil', String(sessionExpiresAt));
    if (c.req.query('activity') === '1') address.searchParams.set('activity', sightOfRole(role));
    const since = c.req.query('since');
    if (since !== undefined && /^\d{1,16}$/.test(since)) address.searchParams.set('since', since);
    const [answer] = await Promise.all([
      inboxOf(c.env, id).fetch(address, { headers: { Upgrade: 'websocket' } }),
      tellWaiting(c.env, id, 'at times'),
    ]);
    // What ended while the socket was on its way was told to the inbox too early to close this one.
    if (!(await isStillAllowed(c, id, role))) await inboxOf(c.env, id).recheck(staff.id);
    return answer;
  },
);

practices.get(
  '/api/practices/:practice/staff',
  describeRoute({
    summary: 'Who works here, and so can have a conversation assigned',
    responses: { 200: { description: '`staff`' }, 404: { description: 'Not there, or not yours to see.' } },
  }),
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    return c.json({ staff: await staffOfPractice(c.env.DB, id) });
  },
);

practices.post(
  '/api/practices/:practice/inbox/rebuild',
  describeRoute({
    summary: 'Build the inbox anew from its conversations (managers)',
    responses: {
      202: { description: 'Begun; it goes on by itself.' },
      403: { description: '`not-allowed`' },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    await inboxOf(c.env, id).rebuild();
    return c.json({ rebuilding: true }, 202);
  },
);

async function isStillAllowed(c: Context<SignedInEnv>, practiceId: string, role: Role): Promise<boolean> {
  const found = await sessionBySecret(c.env.DB, sessionCookie.read(c) ?? '', Date.now());
  return found?.signedIn.practices.some((one) => one.id === practiceId && one.role === role) ?? false;
}

function viewNamed(name: string): InboxView {
  const view = INBOX_VIEWS.find((known) => known === name);
  if (view === undefined) {
    throw new Problem('invalid-request', {
      message: `There is no such view. Use one of ${INBOX_VIEWS.join(', ')}.`,
    });
  }
  return view;
}

function filterIn(query: Record<string, string>): InboxFilter {
  const { filter, unknown } = readFilter((name) => query[name]);
  if (unknown !== null) {
    throw new Problem('invalid-request', {
      message: `There is no such ${unknown}. Leave it out, or use ${FILTER_WORDS[unknown]}.`,
    });
  }
  return filter;
}

const FILTER_WORDS = {
  line: 'the id of a line',
  language: 'a language such as es or pt-BR',
  useCase: FILTERED_USE_CASES.join(', '),
  callerKind: CALLER_KINDS.join(', '),
} as const;

function skipOf(cursor: string | undefined): number {
  if (!cursor) return 0;
  if (!/^\d{1,5}$/.test(cursor)) throw unknownCursor();
  return Number(cursor);
}

function unknownCursor(): Problem {
  return new Problem('invalid-request', { message: 'This cursor is not one of ours.' });
}
