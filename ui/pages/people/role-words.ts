import type { MemberRole } from '../../../src/domain/people/people.ts';

export const ROLE_WORDS: Record<MemberRole, { label: string; help: string }> = {
  staff: { label: 'Staff', help: 'Works the inbox: reads, replies, calls back.' },
  manager: { label: 'Manager', help: 'Also sets this practice up, and invites people.' },
};
