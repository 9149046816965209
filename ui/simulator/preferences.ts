const SOUND = 'simulator-sound';

/** On unless it was switched off on this device. */
export function isSoundWanted(): boolean {
  try {
    return localStorage.getItem(SOUND) !== 'off';
  } catch {
    // Storage can be forbidden; then the choice lasts as long as the page.
    return true;
  }
}

export function rememberSound(isOn: boolean): void {
  try {
    localStorage.setItem(SOUND, isOn ? 'on' : 'off');
  } catch {
    // See above.
  }
}
