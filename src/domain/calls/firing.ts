import type { ActivityStart } from '../activity/activity.ts';
import type { CarriedMedia } from '../conversation/media.ts';
import type { AfterHours } from '../hours/after-hours.ts';
import type { CallerMatch } from '../patients/caller-match.ts';
import type { TriggerRules } from '../triggers/trigger-rules.ts';
import type { UseCase } from '../triggers/use-case.ts';

export const CARRIERS = ['simulator', 'twilio', 'telnyx', 'kannel'] as const;
export type CarrierName = (typeof CARRIERS)[number];

/** What a text in carried, and which carrier to ask for it: its line may have another one by then. */
export interface MediaSource extends CarriedMedia {
  carrier: CarrierName;
}

export interface Line {
  id: string;
  name: string;
  /** E.164. */
  number: string;
  carrier: CarrierName;
  /** How fast its carrier lets automatic texts leave; staff's own do not wait. */
  segmentsPerSecond: number;
  /** Whether its carrier is asked what kind of line a new caller has, before the first automatic text. */
  looksUpLineType: boolean;
}

/** What a carrier says about a number; `unknown` also where it did not say. Only a landline cannot be texted. */
export const LINE_TYPES = ['mobile', 'landline', 'voip', 'unknown'] as const;
export type LineType = (typeof LINE_TYPES)[number];

/** Everything a conversation needs in order to act on a trigger; it reads nothing for itself. */
export interface Firing {
  /** The same for every report of one call for one use case, so that it can be texted only once. */
  messageId: string;
  /** The same for every report of one call; null where the phone system named none. */
  callKey: string | null;
  practiceId: string;
  line: Line;
  /** E.164. */
  caller: string;
  useCase: UseCase;
  language: string;
  text: string;
  rules: TriggerRules;
  firedAt: number;
  waitedSeconds: number | null;
  /** What the carrier answered when asked about the caller; null where it has not been asked. */
  lineType: LineType | null;
  /** The practice is closed and the text is to wait until it opens; null where it need not. */
  heldUntil: number | null;
  /** Only decide: nothing is recorded, nothing leaves. */
  isDryRun: boolean;
  activity: ActivityStart;
  /** Absent where the directory did not answer in time: what is known stays, and the match is told later. */
  match?: CallerMatch | null;
}

/** The caller got through to a person. */
export interface GotThrough {
  callKey: string | null;
  at: number;
  activity: ActivityStart;
}

/** A text that a carrier handed over, after its line was found by the number it was sent to. */
export interface TextIn {
  /** The carrier's own id of the text. */
  messageId: string;
  practiceId: string;
  practiceName: string;
  line: Line;
  caller: string;
  /** Empty where it only carried media. */
  body: string;
  media: MediaSource[];
  at: number;
  /** Null while the practice is open, or wants no reply sent. */
  afterHours: AfterHours | null;
  /** Which words of the practice's list it says; null for none. */
  redFlag: string | null;
  /** What such a text is told while it is closed; null while it is open, and of all other texts. */
  emergency: AfterHours | null;
  /** Whether the enterprise's do-not-text list has the caller, as far as the route knows: at most 10 s old. */
  doNotText: boolean;
  /** As in a firing. */
  match?: CallerMatch | null;
  /** The carrier had to be asked for it: it is from `at`, and newer ones may have come before it. */
  isRecovered?: boolean;
}
