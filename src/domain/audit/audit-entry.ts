/**
 * What the audit log tells: who did or read what, from where, and when. Never what anybody wrote to a caller, and
 * nothing that lets somebody in; `audit-detail.ts` sees to that.
 */

/** What a page can be narrowed to. */
export const AUDIT_KINDS = {
  reading: 'Conversations opened',
  access: 'Sign-ins and passwords',
  people: 'People and roles',
  triggers: 'Triggers',
  'set-up': 'Hours, lines and settings',
  consent: 'Consent and do-not-text',
  patients: 'Patients',
  records: 'Exports, keeping and deleting',
} as const;
export type AuditKind = keyof typeof AUDIT_KINDS;

/** What somebody did: of which kind it is, and how it goes on after their name. New ones stand with their kind. */
export const AUDIT_ACTIONS = {
  'conversation-opened': ['reading', 'opened a conversation'],
  'opened-from-outside': ['reading', 'opened a conversation as an admin, without working in the practice'],
  'picture-from-outside': ['reading', 'opened a picture as an admin, without working in the practice'],
  'picture-opened': ['reading', 'opened a picture that a caller sent'],
  'other-patients-searched': ['reading', 'searched the patients of all practices'],
  'nothing-shown': ['reading', 'was shown nothing: it is not there, or not theirs to see'],

  'signed-in': ['access', 'signed in'],
  'password-wrong': ['access', 'tried a wrong password'],
  'signed-out': ['access', 'signed out'],
  'session-ended': ['access', 'ended a session elsewhere'],
  'signed-out-everywhere': ['access', 'signed out everywhere'],
  'password-changed': ['access', 'changed their password'],
  'password-chosen': ['access', 'chose a password by a link'],
  'break-glass': [
    'access',
    'signed in as an admin beside the single sign-on, which is to be the only way in',
  ],
  'passkey-added': ['access', 'added a passkey'],
  'passkey-renamed': ['access', 'renamed a passkey'],
  'passkey-removed': ['access', 'removed a passkey'],
  'passkey-chosen': ['access', 'made a passkey by a link'],
  'passkey-copied': ['access', 'did not sign in: the passkey seems to have been copied'],

  'person-invited': ['people', 'invited somebody'],
  'invitation-withdrawn': ['people', 'withdrew an invitation'],
  'person-joined': ['people', 'joined by an invitation'],
  'role-changed': ['people', 'changed a role'],
  'membership-ended': ['people', 'ended somebody’s work here'],
  'password-link-made': ['people', 'made a link for a new password'],
  'person-deactivated': ['people', 'deactivated somebody'],
  'person-reactivated': ['people', 'reactivated somebody'],
  'admin-made': ['people', 'made somebody an admin'],
  'admin-unmade': ['people', 'took the role of admin away'],

  'trigger-added': ['triggers', 'added a trigger'],
  'trigger-changed': ['triggers', 'changed a trigger'],
  'trigger-address-shown': ['triggers', 'looked at the secret address of a trigger'],
  'trigger-text-reviewed': ['triggers', 'stood by the text of a trigger'],
  'trigger-rotated': ['triggers', 'gave a trigger a new address'],
  'trigger-revoked': ['triggers', 'revoked a trigger'],
  'trigger-live-by-proof': ['triggers', 'took a trigger live with a proof'],
  'trigger-live-by-override': ['triggers', 'took a trigger live without a test'],

  'api-key-made': ['access', 'made an API key'],
  'api-key-revoked': ['access', 'revoked an API key'],

  'sign-in-changed': ['access', 'changed how people sign in'],
  'access-by-groups': ['people', 'was given what their groups at the organization say'],
  'account-by-sign-on': ['people', 'came for the first time, by single sign-on'],

  'hours-changed': ['set-up', 'changed hours'],
  'waiting-changed': ['set-up', 'changed how long callers may wait, or which words are urgent'],
  'line-hours-ended': ['set-up', 'let a line go by the hours of its practice'],
  'line-added': ['set-up', 'added a line'],
  'line-changed': ['set-up', 'changed a line'],
  'line-retired': ['set-up', 'retired a line'],
  'line-brought-back': ['set-up', 'brought a retired line back'],
  'practice-made': ['set-up', 'made a practice'],
  'practice-changed': ['set-up', 'changed what a practice is'],
  'practice-archived': ['set-up', 'archived a practice'],
  'practice-brought-back': ['set-up', 'brought an archived practice back'],
  'configuration-imported': ['set-up', 'took in a file of how a practice is set up'],
  'enterprise-changed': ['set-up', 'changed settings of the enterprise'],

  'quick-response-added': ['set-up', 'added a quick response'],
  'quick-response-changed': ['set-up', 'changed a quick response'],
  'quick-response-archived': ['set-up', 'put a quick response into the archive'],
  'quick-response-restored': ['set-up', 'took a quick response out of the archive'],
  'quick-response-deleted': ['set-up', 'deleted a quick response'],
  'quick-responses-arranged': ['set-up', 'changed the groups or the order of the quick responses'],
  'quick-responses-imported': ['set-up', 'took in a file of quick responses'],
  'smart-phrases-changed': ['set-up', 'changed the smart phrases'],

  'consent-recorded': ['consent', 'recorded what a caller said about texts'],
  'opt-out-dismissed': ['consent', 'decided that a text was no wish to opt out'],
  'do-not-text-added': ['consent', 'put a number on the do-not-text list'],
  'do-not-text-removed': ['consent', 'took a number off the do-not-text list'],

  'patient-added': ['patients', 'added a patient'],
  'patient-changed': ['patients', 'changed a patient'],
  'patient-removed': ['patients', 'removed a patient'],
  'import-begun': ['patients', 'began to import patients'],
  'import-ended': ['patients', 'imported patients'],
  'patients-exported': ['patients', 'exported all patients'],
  'patient-linked': ['patients', 'said that a caller is a patient'],
  'patient-unlinked': ['patients', 'ended that a caller is a patient'],
  'any-patient-on': ['patients', 'let practices message and search any patient'],
  'any-patient-off': ['patients', 'ended that practices message and search any patient'],

  'audit-exported': ['records', 'exported the audit log'],
  'audit-pruned': ['records', 'deleted audit entries whose time was over'],
  'retention-changed': ['records', 'changed how long things are kept'],
  'hold-begun': ['records', 'put something on hold, so that it is not deleted'],
  'hold-ended': ['records', 'ended a hold'],
  'conversation-deleted': ['records', 'deleted a conversation whose time was over'],
  'conversation-exported': ['records', 'exported a conversation'],
  'practice-exported': ['records', 'exported all conversations of the practice'],
} as const satisfies Record<string, readonly [AuditKind, string]>;
export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** Somebody went past a rule that is there to protect callers: shown so that nobody overlooks it. */
export const LOUD_ACTIONS: readonly AuditAction[] = [
  'trigger-live-by-override',
  'password-wrong',
  'any-patient-on',
  'break-glass',
  'passkey-copied',
  'opened-from-outside',
  'picture-from-outside',
];

/** With names as of then: people are renamed, and some of them go. */
export type AuditActor =
  | { is: 'staff'; id: string; name: string }
  | { is: 'api-key'; id: string; name: string }
  /** Offhook itself, at its scheduled work. */
  | { is: 'system' }
  /** Nobody who is signed in. */
  | { is: 'stranger' };

/** Null where it is not known, as of Offhook itself. */
export interface AuditPlace {
  /** Of the network, as the platform reports it. */
  address: string | null;
  /** In words, such as "Firefox on Windows". */
  browser: string | null;
}

/** What it was done to. `label` is what people call it, as of then. */
export interface AuditSubject {
  is: AuditSubjectKind;
  id: string;
  label: string;
}

export const AUDIT_SUBJECTS = {
  conversation: 'Conversation',
  person: 'Person',
  session: 'Session',
  'api-key': 'API key',
  invitation: 'Invitation',
  trigger: 'Trigger',
  line: 'Line',
  practice: 'Practice',
  'quick-response': 'Quick response',
  enterprise: 'Enterprise',
  audit: 'Audit log',
  number: 'Number',
  patient: 'Patient',
  import: 'Import',
} as const;
export type AuditSubjectKind = keyof typeof AUDIT_SUBJECTS;

/** Only what differs, or what was decided, by the names of its fields. */
export type AuditDetail = { [field: string]: AuditValue };
export type AuditValue = string | number | boolean | null | AuditValue[] | { [field: string]: AuditValue };

export interface NewAuditEntry {
  /** Of one that comes twice, the second is nothing new. */
  id: string;
  /** When it was done. Epoch milliseconds. */
  at: number;
  who: AuditActor;
  from: AuditPlace;
  action: AuditAction;
  subject: AuditSubject;
  /** JSON of an `AuditDetail`: stored, hashed and passed on as this very text. */
  before: string | null;
  after: string | null;
}

/** As it stands in a log. */
export interface AuditEntry extends NewAuditEntry {
  /** From 1 on, without a gap. */
  seq: number;
  /** When the log had it; later than `at` where it had to wait. */
  recordedAt: number;
  /** Of the entry before; of the first one, `NO_ENTRY`. */
  previous: string;
  hash: string;
}

/** The newest entry of a log: where it is kept elsewhere too, nobody takes entries off the end unnoticed. */
export interface AuditHead {
  seq: number;
  hash: string;
}

/** Of the enterprise; no practice has this name. */
export const ENTERPRISE_LOG = '*';

export function isLoud(action: AuditAction): boolean {
  return LOUD_ACTIONS.includes(action);
}

export function kindOf(action: AuditAction): AuditKind {
  return AUDIT_ACTIONS[action][0];
}

/** One that a newer version wrote, or that somebody altered, is shown by its name. */
export function actionWords(action: AuditAction): string {
  return Object.hasOwn(AUDIT_ACTIONS, action) ? AUDIT_ACTIONS[action][1] : action;
}
