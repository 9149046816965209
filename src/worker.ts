import { type Context, Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { openAPIRouteHandler } from 'hono-openapi';
import type { Env } from './env.ts';
import { Problem, problemResponse } from './problem.ts';
import { audit } from './routes/audit/audit.ts';
import { activity } from './routes/calls/activity.ts';
import { callBacks } from './routes/calls/call-backs.ts';
import { callHooks } from './routes/calls/call-hooks.ts';
import { triggerHooks } from './routes/calls/trigger-hooks.ts';
import { unknownAddresses } from './routes/calls/unknown-addresses.ts';
import { carrierHooks } from './routes/carriers/carrier-hooks.ts';
import { messageMedia } from './routes/carriers/message-media.ts';
import { simulator } from './routes/carriers/simulator.ts';
import { alarms } from './routes/conversations/alarms.ts';
import { bulkChanges } from './routes/conversations/bulk-changes.ts';
import { conversationContext } from './routes/conversations/conversation-context.ts';
import { conversationExport } from './routes/conversations/conversation-export.ts';
import { conversations } from './routes/conversations/conversations.ts';
import { mentions } from './routes/conversations/mentions.ts';
import { patientConversations } from './routes/conversations/patient-conversations.ts';
import { whoseItIs } from './routes/conversations/whose-it-is.ts';
import { confirmation } from './routes/door/confirmation.ts';
import { sameOrigin } from './routes/door/same-origin.ts';
import { patientExports } from './routes/patients/patient-exports.ts';
import { patientImports } from './routes/patients/patient-imports.ts';
import { patients } from './routes/patients/patients.ts';
import { tellMatches } from './routes/patients/tell-matches.ts';
import { account } from './routes/people/account.ts';
import { apiKeys } from './routes/people/api-keys.ts';
import { enterprisePeople } from './routes/people/enterprise-people.ts';
import { firstAdmin } from './routes/people/first-admin.ts';
import { invitations } from './routes/people/invitations.ts';
import { passkeyChallenges } from './routes/people/passkey-challenges.ts';
import { passkeys } from './routes/people/passkeys.ts';
import { passwordLinks } from './routes/people/password-links.ts';
import { people } from './routes/people/people.ts';
import { session } from './routes/people/session.ts';
import { signInSettings } from './routes/people/sign-in-settings.ts';
import { singleSignOn } from './routes/people/single-sign-on.ts';
import { telling } from './routes/people/telling.ts';
import { anyPatient } from './routes/practice/any-patient.ts';
import { configuration } from './routes/practice/configuration.ts';
import { doNotText } from './routes/practice/do-not-text.ts';
import { enterprise } from './routes/practice/enterprise.ts';
import { holds } from './routes/practice/holds.ts';
import { hostNames } from './routes/practice/host-names.ts';
import { hours } from './routes/practice/hours.ts';
import { lineStates } from './routes/practice/line-states.ts';
import { lines } from './routes/practice/lines.ts';
import { practiceExport } from './routes/practice/practice-export.ts';
import { practiceProfiles } from './routes/practice/practice-profiles.ts';
import { practices } from './routes/practice/practices.ts';
import { retention } from './routes/practice/retention.ts';
import { setUp } from './routes/practice/set-up.ts';
import { waiting } from './routes/practice/waiting.ts';
import { goingLive } from './routes/triggers/going-live.ts';
import { triggerAddresses } from './routes/triggers/trigger-addresses.ts';
import { triggerRecipes } from './routes/triggers/trigger-recipes.ts';
import { triggerTrials } from './routes/triggers/trigger-trials.ts';
import { triggers } from './routes/triggers/triggers.ts';
import { quickResponseFiles } from './routes/words/quick-response-files.ts';
import { quickResponses } from './routes/words/quick-responses.ts';
import { smartPhrases } from './routes/words/smart-phrases.ts';
import { deletePast } from './schedule/delete-past.ts';
import { deliverAuditLeftovers } from './schedule/deliver-audit-leftovers.ts';
import { recoverTexts } from './schedule/recover-texts.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export { AuditLog } from '../durable/audit-log.ts';
export { Conversation } from '../durable/conversation.ts';
export { Handset } from '../durable/handset.ts';
export { Inbox } from '../durable/inbox.ts';
export { LinePacer } from '../durable/line-pacer.ts';

// Named, because hono would fall back to one that takes five times as long for a route that this one cannot tell apart.
const app = new Hono<{ Bindings: Env; Variables: { requestId: string } }>({ router: new RegExpRouter() });

app.use(async (c, next) => {
  const ray = c.req.header('CF-Ray') ?? '';
  c.set('requestId', /^[0-9a-f]{16}(-[A-Z]{3})?$/.test(ray) ? ray : crypto.randomUUID());
  await next();
  // The answer that opens a socket cannot be changed, and no browser would look at its headers.
  if (c.res.webSocket) return;
  const headers = changeableHeaders(c);
  const ownPolicy = headers.get('Content-Security-Policy');
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  // What is no page of ours may bring a stricter one.
  if (ownPolicy !== null) headers.set('Content-Security-Policy', ownPolicy);
});

app.use('/api/*', sameOrigin);
app.route('/', triggerHooks);
app.route('/', carrierHooks);
app.route('/', callHooks);
app.route('/', simulator);
app.route('/', session);
app.route('/', account);
app.route('/', passkeys);
app.route('/', passkeyChallenges);
app.route('/', confirmation);
app.route('/', singleSignOn);
app.route('/', signInSettings);
app.route('/', firstAdmin);
app.route('/', invitations);
app.route('/', passwordLinks);
app.route('/', people);
app.route('/', enterprisePeople);
app.route('/', enterprise);
app.route('/', anyPatient);
app.route('/', apiKeys);
app.route('/', patients);
app.route('/', patientConversations);
app.route('/', patientImports);
app.route('/', patientExports);
app.route('/', hostNames);
app.route('/', doNotText);
app.route('/', hours);
app.route('/', triggers);
app.route('/', triggerAddresses);
app.route('/', triggerTrials);
app.route('/', goingLive);
app.route('/', triggerRecipes);
app.route('/', practiceProfiles);
app.route('/', lines);
app.route('/', lineStates);
app.route('/', setUp);
app.route('/', configuration);
app.route('/', alarms);
app.route('/', activity);
app.route('/', audit);
app.route('/', retention);
app.route('/', waiting);
app.route('/', holds);
app.route('/', practiceExport);
app.route('/', conversationContext);
app.route('/', conversationExport);
app.route('/', bulkChanges);
app.route('/', callBacks);
app.route('/', quickResponses);
app.route('/', quickResponseFiles);
app.route('/', smartPhrases);
app.route('/', telling);
app.route('/', unknownAddresses);
app.route('/', practices);
app.route('/', messageMedia);
app.route('/', conversations);
app.route('/', whoseItIs);
app.route('/', mentions);
app.get('/healthz', (c) => c.json({ ok: true }));
app.get(
  '/api/openapi.json',
  openAPIRouteHandler(app, { documentation: { info: { title: 'Offhook', version: '1' } } }),
);

app.notFound((c) => problemResponse(new Problem('not-found'), c.var.requestId));

app.onError((error, c) => {
  if (error instanceof Problem) {
    const isUnsaid = error.code === 'wrong-method' && error.allow === undefined;
    const problem = isUnsaid ? new Problem('wrong-method', { allow: takenAt(matchedRoutes(c)) }) : error;
    return problemResponse(problem, c.var.requestId);
  }
  // Logged whole, answered without its words: they may hold what nobody outside should read.
  console.error('unexpected', { requestId: c.var.requestId, path: c.req.routePath, error: error.stack });
  return problemResponse(new Problem('internal'), c.var.requestId);
});

/** What came from elsewhere cannot be changed. Hono then makes a new answer of it, which is too dear to do for each. */
function changeableHeaders(c: Context): Headers {
  const [name, value] = ['X-Content-Type-Options', 'nosniff'];
  try {
    c.res.headers.set(name, value);
  } catch {
    c.header(name, value);
  }
  return c.res.headers;
}

/** The methods of the routes beside the one that refused. */
function takenAt(matched: readonly { path: string }[]): string {
  const paths = new Set(matched.map(({ path }) => path));
  const beside = app.routes.filter(({ path, method }) => paths.has(path) && method !== 'ALL');
  return [...new Set(beside.map(({ method }) => method))].join(', ');
}

export default {
  fetch: app.fetch,
  scheduled: async (_controller, env) => {
    const now = Date.now();
    await Promise.all([
      recoverTexts(env, now),
      deliverAuditLeftovers(env, now),
      tellMatches(env),
      deletePast(env, now),
    ]);
  },
} satisfies ExportedHandler<Env>;
