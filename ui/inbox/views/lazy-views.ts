/**
 * Views that come when they are wanted; a script each, or together with others in ../later.ts. Their props are those
 * of the view itself and those that lazy.ts takes.
 */
import { lazy } from '../../shell/lazy.ts';
import { loadAloud } from '../announcer.ts';
import { keys, loadKeys } from '../keyboard.ts';
import { loadWriting } from '../writing-aids.ts';

const later = () => import('../later.ts');
const choosing = () => import('../choosing/choosing.ts');
const signIn = () => import('./sign-in.ts');

export const Advice = lazy(async () => (await later()).Advice);
export const AlarmNotices = lazy(async () => (await later()).AlarmNotices);
export const ConsentDialog = lazy(async () => (await later()).ConsentDialog);
export const ConsentMenu = lazy(async () => (await later()).ConsentMenu);
export const EmptyView = lazy(async () => (await import('./empty-view.ts')).EmptyView);
export const IdleDialog = lazy(async () => (await later()).IdleDialog);
export const MessageMedia = lazy(async () => (await later()).MessageMedia);
export const NoPractice = lazy(async () => (await later()).NoPractice);
export const PersonMenu = lazy(async () => (await later()).PersonMenu);
export const PictureDialog = lazy(async () => (await later()).PictureDialog);

export const FilterChips = lazy(async () => (await choosing()).FilterChips);
export const FilterMenu = lazy(async () => (await choosing()).FilterMenu);
export const NothingPasses = lazy(async () => (await choosing()).NothingPasses);
export const RowCheck = lazy(async () => (await choosing()).RowCheck);
export const SelectBar = lazy(async () => (await choosing()).SelectBar);

export const Composer = lazy(async () => (await import('./composer.ts')).Composer);

const together = () => import('../together/together.ts');
export const HandOverDialog = lazy(async () => (await together()).HandOverDialog);
export const HeadPresence = lazy(async () => (await together()).HeadPresence);
export const Mentions = lazy(async () => (await together()).Mentions);
export const RowPresence = lazy(async () => (await together()).RowPresence);
export const SearchResults = lazy(async () => (await import('../search/results.ts')).SearchResults);
const context = () => import('../context/panel.ts');
export const ContextPanel = lazy(async () => (await context()).ContextPanel);
export const ContextSheet = lazy(async () => (await context()).ContextSheet);

export const SignIn = lazy(async () => (await signIn()).SignIn);
export const SignInOver = lazy(async () => (await signIn()).SignInOver);
export const OtherWays = lazy(async () => (await import('./other-ways.ts')).OtherWays);
export const Welcome = lazy(async () => (await import('./welcome.ts')).Welcome);

export const PagePane = lazy(async () => (await import('../../shell/page-pane.ts')).PagePane);
export const DemoStrip = lazy(async () => (await import('../../shell/demo-strip.ts')).DemoStrip);
export const FirstPractice = lazy(async () => (await import('../../shell/first-practice.ts')).FirstPractice);
export const SetUpList = lazy(async () => (await import('../../shell/set-up-list.ts')).SetUpList);

/** What is wanted sooner or later by everybody: there before it is, also when the connection is gone by then. */
const COMMON = [
  Advice,
  Composer,
  ConsentDialog,
  ConsentMenu,
  EmptyView,
  FilterMenu,
  HandOverDialog,
  HeadPresence,
  IdleDialog,
  Mentions,
  MessageMedia,
  PagePane,
  PersonMenu,
  PictureDialog,
  RowCheck,
  SelectBar,
  RowPresence,
  SearchResults,
  SignIn,
  SignInOver,
];

export function fetchLater(): void {
  void loadKeys().then(() => keys.peek()?.fetchShown());
  for (const { fetch } of COMMON) fetch().catch(() => {});
  void loadWriting();
  import('../told/told.ts').catch(() => {});
  void loadAloud();
}
