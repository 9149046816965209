/** How a phone system is set up to call a trigger, as it is shown to people. */
import type { PhoneSystemId } from './phone-system-id.ts';

export interface Step {
  /** One short imperative sentence, or two. */
  text: string;
  /** What to paste, exactly, or null. */
  snippet: Snippet | null;
}

export interface Snippet {
  /** Where it goes: the name of a file, a field or a dialog. */
  title: string;
  language: 'dial-plan' | 'json' | 'javascript' | 'shell' | 'text';
  text: string;
}

/** One request as this phone system would send it, from a caller whose number is nobody’s. */
export interface Sample {
  method: 'GET' | 'POST';
  /** Without the question mark; empty where it has none. */
  query: string;
  headers: Record<string, string>;
  body: string | null;
  /** Whether it tells which call it is about, so that a repeat is known as one. */
  hasCallId: boolean;
}

interface Common {
  system: PhoneSystemId;
  /** As its maker writes it. */
  name: string;
  /** What of this could not be confirmed at the maker's own documentation, for the reader to check. */
  unconfirmed: readonly string[];
}

export type Recipe =
  | (Common & {
      kind: 'recipe';
      /** In one sentence: when and how it calls. */
      how: string;
      steps: readonly Step[];
      youShouldSee: string;
      /** What to know before patients meet it. */
      advice: readonly string[];
      sample: Sample;
    })
  | (Common & {
      kind: 'not-possible';
      /** Why not, and what to do instead. */
      why: string;
    });
