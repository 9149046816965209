/** What My account may use of how this person is told. */
export { type Away, away, turnOffAway, turnOnAway } from '../inbox/told/away.ts';
export { type Preferences, prefer, preferences, SOUNDS, type SoundName } from '../inbox/told/preferences.ts';
export { tryOut } from '../inbox/told/speaker.ts';
export { learnTelling, quiet } from '../inbox/told/telling.ts';
