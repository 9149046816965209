import { signal } from '@preact/signals';
import { PAGES } from '../../shell/pages.ts';
import { goTo, goToPage } from '../actions/navigation.ts';
import { announce } from '../announcer.ts';
import { focusSoon, LIST_TITLE } from '../focus.ts';
import { INBOX } from '../route.ts';
import { practice } from '../store.ts';
import { PLACES, type Place } from './places.ts';

/** G was pressed, and a letter is waited for: for as long as it takes, since nobody should have to hurry. */
export const isGoing = signal(false);

export function startGoing(): boolean {
  isGoing.value = true;
  announce('Go to: press the letter of a view or page, or Escape');
  return true;
}

export function stopGoing(): void {
  isGoing.value = false;
}

/** True where the key was meant for this: a letter that leads nowhere does nothing. */
export function goByLetter(chord: string): boolean {
  stopGoing();
  const place = placesOpen().find(({ letter }) => letter === chord);
  if (place !== undefined) goToPlace(place);
  return place !== undefined || chord.length === 1 || chord === 'Escape';
}

export function goToPlace(place: Place): void {
  if ('page' in place) {
    goToPage({ name: place.page });
    return;
  }
  goTo({ ...INBOX, view: place.view });
  focusSoon(LIST_TITLE);
}

/** Those that this person may see. */
export function placesOpen(): Place[] {
  const role = practice.value?.role;
  return PLACES.filter(
    (place) => !('page' in place) || (role !== undefined && PAGES[place.page].isFor(role)),
  );
}
