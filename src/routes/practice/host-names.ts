import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { hostNames as namesFrom } from '../../domain/practice/host-names.ts';
import { publicOrigins } from '../../domain/practice/public-origins.ts';
import { Problem } from '../../problem.ts';
import { adminOnly, type SignedInEnv, signedIn } from '../people/signed-in.ts';

/** Under which names this deployment is reached; an admin's. */
export const hostNames = new Hono<SignedInEnv>();

const PATH = '/api/enterprise/host-names';

hostNames.get(
  PATH,
  describeRoute({
    summary: 'The host names of PUBLIC_ORIGIN, and the one that this request came by (admins)',
    responses: {
      200: { description: '`origins`, the first is given out; `unreadable`; `arrivedAt`.' },
      403: { description: '`not-allowed`' },
    },
  }),
  signedIn,
  adminOnly,
  (c) => c.json(namesFrom(publicOrigins(c.env.PUBLIC_ORIGIN), new URL(c.req.url).origin)),
);

hostNames.all(PATH, () => {
  throw new Problem('wrong-method');
});
