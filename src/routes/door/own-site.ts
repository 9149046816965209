import { publicOrigins } from '../../domain/practice/public-origins.ts';

/** Under which of our names somebody came: what a passkey, or the way back from a provider, is bound to. */
export interface OwnSite {
  origin: string;
  host: string;
}

/** `origin` of a change has been found to be ours by `sameOrigin`. Behind a proxy the address may be an inner one. */
export function ownSite(request: Request, setting: string | undefined): OwnSite {
  const { all, givenOut } = publicOrigins(setting);
  const own = new URL(request.url).origin;
  const said = request.headers.get('origin');
  const isOurs = (origin: string | null): origin is string =>
    origin !== null && (all.includes(origin) || origin === own);
  const origin = isOurs(said) ? said : all.includes(own) ? own : (givenOut ?? own);
  return { origin, host: new URL(origin).hostname };
}
