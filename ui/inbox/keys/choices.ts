/** What is chosen from by typing: in the palette, and of people and times. */

import type { IconName } from '../../design/icon.ts';
import type { Findable } from './fitting.ts';

export interface Choice extends Findable {
  id: string;
  /** Beside the label. */
  detail?: string;
  icon: IconName;
  /** Chords one after the other that do the same. */
  keys?: readonly string[];
  isChosen?: boolean;
  choose: () => void;
}

export interface Choosing {
  title: string;
  placeholder: string;
  /** Where nothing fits. */
  nothing: string;
  choicesFor: (words: string) => Choice[];
}
