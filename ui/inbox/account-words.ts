import type { Practice } from './state/state.ts';

/** The carrier refuses a whole line: what it takes is not in the hands of everybody. */
export function accountWords(role: Practice['role']): string {
  if (role === 'staff')
    return 'The carrier does not let this line send at the moment. Tell a manager, and call back until it is put right.';
  return 'The carrier does not let this line send. Sign in to your account there: look for missing credit, a suspended number, or a registration that is not approved, and check that Offhook has the right keys. Then send this text again.';
}
