import { field, switchButton } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { prefer, preferences, SOUNDS, type SoundName, tryOut } from '../../shell/told.ts';

const SOUND_WORDS: Record<SoundName, string> = {
  chime: 'Chime',
  bell: 'Bell',
  knock: 'Knock',
  drop: 'Drop',
  none: 'None, but for what is urgent',
};

export function soundCard(): VNode {
  const { sound, volume, repeats } = preferences.value;
  const choose = (event: Event) => {
    const chosen = SOUNDS.find((name) => name === (event.currentTarget as HTMLSelectElement).value);
    if (chosen === undefined) return;
    prefer({ sound: chosen });
    if (chosen !== 'none') tryOut(false);
  };
  return html`<div class="card told__card" role="group" aria-labelledby="sound-title">
    <h3 class="told__title" id="sound-title">Sound in this browser</h3>
    <p class="field__help" id="sound-help">When a text needs a reply and is yours or nobody’s, waits too long, or is given to you or names you. What is urgent always has a sound of its own. Of several tabs, one plays.</p>
    <div class="told__fields">
      ${field({
        id: 'told-sound',
        label: 'Sound',
        control: html`<select id="told-sound" aria-describedby="sound-help" onChange=${choose}>
          ${SOUNDS.map((name) => html`<option key=${name} value=${name} selected=${name === sound}>${SOUND_WORDS[name]}</option>`)}
        </select>`,
      })}
      ${field({
        id: 'told-volume',
        label: `Volume: ${volume} %`,
        control: html`<input id="told-volume" class="told__volume" type="range" min="5" max="100" step="5" value=${volume} onInput=${(event: Event) => prefer({ volume: Number((event.currentTarget as HTMLInputElement).value) })} />`,
      })}
    </div>
    <div class="form__actions">
      <button type="button" class="button" aria-disabled=${sound === 'none' ? 'true' : undefined} onClick=${() => tryOut(false)}>${icon('play')}Try it</button>
      <button type="button" class="button" onClick=${() => tryOut(true)}>${icon('play')}Try “urgent”</button>
    </div>
    ${switchButton({ label: 'Ring again every 20 seconds until somebody has looked', isOn: repeats, turn: (isOn) => prefer({ repeats: isOn }) })}
  </div>`;
}
