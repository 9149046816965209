import { ACTIONS, type Action, isSingleKey, shortcut } from './shortcuts.ts';

/** Where the keyboard is when a key is pressed. */
export interface Situation {
  /** In a field: letters are text. */
  isTyping: boolean;
  isInList: boolean;
  /** A page beside the inbox is on screen. */
  isOnPage: boolean;
  areSingleKeysOn: boolean;
  /** The key is held down. */
  isRepeated: boolean;
}

/** What a chord asks for, or null where it is left to the browser. */
export function actionOf(chord: string, situation: Situation): Action | null {
  if (isSingleKey(chord) && (situation.isTyping || !situation.areSingleKeysOn)) return null;
  const action = ACTIONS.find((one) => {
    const { keys, inList = [], where } = shortcut(one);
    const isHere = where === 'everywhere' || (where === 'inbox' && !situation.isOnPage);
    return isHere && (keys.includes(chord) || (situation.isInList && inList.includes(chord)));
  });
  if (action === undefined) return null;
  return situation.isRepeated && shortcut(action).repeats !== true ? null : action;
}

/** What the composer sees to itself. */
export function writingActionOf(chord: string): Action | null {
  return (
    ACTIONS.find((one) => shortcut(one).where === 'writing' && shortcut(one).keys.includes(chord)) ?? null
  );
}
