import type { GroupRule, SingleSignOn } from '../../../src/domain/people/single-sign-on.ts';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import type { Draft } from './sign-in-api.ts';

const LABELS: Record<keyof SingleSignOn, string> = {
  name: 'Name',
  issuer: 'Issuer',
  clientId: 'Client id',
  groupsClaim: 'Claim',
  trustsEmails: 'Trusts its e-mails',
  groups: 'Groups',
  isOn: 'Offered at the sign-in',
  isOnlyWay: 'The only way in',
};

/** Where two admins differ, one line each. */
export function differencesOf(theirs: Draft, mine: Draft): string[] {
  const keys = Object.keys(LABELS) as (keyof SingleSignOn)[];
  const lines = keys
    .filter((key) => !isSameJson(theirs.singleSignOn[key], mine.singleSignOn[key]))
    .map((key) => line(LABELS[key], theirs.singleSignOn[key], mine.singleSignOn[key]));
  return theirs.passkeysNeeded === mine.passkeysNeeded
    ? lines
    : [line('Managers and admins need a passkey', theirs.passkeysNeeded, mine.passkeysNeeded), ...lines];
}

function line(label: string, theirs: unknown, mine: unknown): string {
  return `${label}: theirs ${inWords(theirs)}, yours ${inWords(mine)}`;
}

function inWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : (value as GroupRule[]).map(ruleWords).join('; ');
  return value === '' ? 'nothing' : `“${String(value)}”`;
}

function ruleWords(rule: GroupRule): string {
  return rule.is === 'admin' ? `${rule.group}: admin` : `${rule.group}: ${rule.role} of ${rule.practiceId}`;
}
