import type { UseCase } from '../../domain/triggers/use-case.ts';
import type { EnvironmentName } from '../../env.ts';

/** How an environment is called in the addresses of its triggers. */
export const NAME_IN_ADDRESS: Record<EnvironmentName, 'demo' | 'live'> = {
  local: 'demo',
  demo: 'demo',
  production: 'live',
};

/** The environments as addresses call them, for people. */
const WORDS: Record<'demo' | 'live', string> = { demo: 'the demo', live: 'the live system' };

/** What of an address has a trigger's token in it; the short form has nothing else. */
export interface HookAddress {
  token: string;
  environment?: string;
  useCase?: string;
}

/** Why this address does not fire the trigger that its token belongs to; null where it does. */
export function whyNotFired(
  { environment, useCase }: HookAddress,
  trigger: { useCase: UseCase; ended: 'revoked' | 'replaced' | null },
  here: EnvironmentName,
): string | null {
  if (trigger.ended === 'revoked') return 'This trigger was ended, and its address with it.';
  if (trigger.ended === 'replaced') return 'This address was replaced by a new one more than a day ago.';
  const name = NAME_IN_ADDRESS[here];
  if (environment !== undefined && environment !== name)
    return `The address is not one of ${WORDS[name]}: it has to begin with /hooks/${name}/.`;
  if (useCase !== undefined && useCase !== trigger.useCase)
    return `The address names another use case than that of its trigger, which is ${trigger.useCase}.`;
  return null;
}

/** The path that a phone system calls. */
export function hookPath(environment: EnvironmentName, useCase: UseCase, token: string): string {
  return `/hooks/${NAME_IN_ADDRESS[environment]}/${useCase}/${token}`;
}
