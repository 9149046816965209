/** What looking at a picture in large does to the state. */
import type { LargePicture, State } from './state.ts';

export function pictureOpened(state: State, largePicture: LargePicture): State {
  return { ...state, largePicture };
}

export function pictureClosed(state: State): State {
  return state.largePicture === null ? state : { ...state, largePicture: null };
}
