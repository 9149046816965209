import type { UseCase } from '../domain/use-case.ts';
import type { EnvironmentName } from '../env.ts';

/** How an environment is called in the addresses of its triggers. */
export const NAME_IN_ADDRESS: Record<EnvironmentName, 'demo' | 'live'> = {
  local: 'demo',
  demo: 'demo',
  production: 'live',
};

/** The path that a phone system calls. */
export function hookPath(environment: EnvironmentName, useCase: UseCase, token: string): string {
  return `/hooks/${NAME_IN_ADDRESS[environment]}/${useCase}/${token}`;
}
