import type { IconName } from '../design/icon.ts';
import type { Practice } from '../inbox/state/state.ts';
import type { PageView } from './page.ts';
import type { PageName } from './page-names.ts';

interface PageEntry {
  /** In the rail, and of the document until the page says more. */
  label: string;
  icon: IconName;
  isFor: (role: Practice['role']) => boolean;
  /** Written out, so that esbuild makes a script of its own of each. */
  load: () => Promise<{ Page: PageView }>;
}

const everybody = () => true;
export const admins = (role: Practice['role']) => role === 'admin';
const managers = (role: Practice['role']) => role !== 'staff';

/** In the order of the rail. */
export const PAGES: Record<PageName, PageEntry> = {
  activity: {
    label: 'Activity',
    icon: 'pulse',
    isFor: everybody,
    load: () => import('../pages/activity/page.ts'),
  },
  'call-backs': {
    label: 'Call-backs',
    icon: 'call-back',
    isFor: everybody,
    load: () => import('../pages/call-backs/page.ts'),
  },
  triggers: {
    label: 'Triggers',
    icon: 'bolt',
    isFor: managers,
    load: () => import('../pages/triggers/page.ts'),
  },
  hours: { label: 'Hours', icon: 'clock', isFor: managers, load: () => import('../pages/hours/page.ts') },
  waiting: {
    label: 'Waiting and urgent',
    icon: 'alert',
    isFor: managers,
    load: () => import('../pages/waiting/page.ts'),
  },
  lines: { label: 'Lines', icon: 'phone', isFor: managers, load: () => import('../pages/lines/page.ts') },
  patients: {
    label: 'Patients',
    icon: 'card',
    isFor: everybody,
    load: () => import('../pages/patients/page.ts'),
  },
  'quick-responses': {
    label: 'Quick responses',
    icon: 'copy',
    isFor: everybody,
    load: () => import('../pages/quick-responses/page.ts'),
  },
  people: {
    label: 'People',
    icon: 'person',
    isFor: managers,
    load: () => import('../pages/people/page.ts'),
  },
  audit: { label: 'Audit', icon: 'eye', isFor: managers, load: () => import('../pages/audit/page.ts') },
  practice: {
    label: 'Practice',
    icon: 'pencil',
    isFor: managers,
    load: () => import('../pages/practice/page.ts'),
  },
  'set-up': {
    label: 'Set-up',
    icon: 'double-check',
    isFor: managers,
    load: () => import('../pages/set-up/page.ts'),
  },
  data: { label: 'Data', icon: 'file', isFor: managers, load: () => import('../pages/data/page.ts') },
  enterprise: {
    label: 'Enterprise',
    icon: 'building',
    isFor: admins,
    load: () => import('../pages/enterprise/page.ts'),
  },
  'sign-in': {
    label: 'Signing in',
    icon: 'lock',
    isFor: admins,
    load: () => import('../pages/sign-in/page.ts'),
  },
  // Of the person and not of the practice: their menu leads to it.
  account: {
    label: 'My account',
    icon: 'lock',
    isFor: everybody,
    load: () => import('../pages/account/page.ts'),
  },
};
