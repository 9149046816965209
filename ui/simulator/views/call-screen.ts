import { html, type VNode } from '../../design/html.ts';
import { hangUp, pressKey, showKeypad, turnSound } from '../actions.ts';
import { type Moment, momentOf, type PhoneCall, showsKeypad, TEXT_KEY, waitedMs } from '../call.ts';
import { now, state } from '../store.ts';
import { formatClock } from '../time.ts';
import { voiceOf } from '../words.ts';
import { avatar } from './avatar.ts';
import { icon } from './icon.ts';

const KEYS = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

export function callScreen(call: PhoneCall): VNode {
  const moment = momentOf(call, now.value);
  const hasKeypad = showsKeypad(call, now.value);
  const { practiceName } = call.line;
  return html`<div class="call" key="call" data-moment=${moment} data-keypad=${String(hasKeypad)}>
    <div class="call__who">
      <span class="call__face">${avatar(practiceName)}</span>
      <h2>${practiceName}</h2>
      <p class="call__state">${stateOf(moment)} ${moment === 'ringing' ? null : html`<time>${formatClock(waitedMs(call, now.value))}</time>`}</p>
    </div>
    ${voice(moment, call)} ${hasKeypad ? keypad(call, moment) : music(moment)}
    <div class="call__controls">
      <button
        type="button"
        class="control"
        aria-pressed=${String(!state.value.isSoundOn)}
        onClick=${() => turnSound(!state.value.isSoundOn)}
      >
        <span class="control__face">${icon(state.value.isSoundOn ? 'sound' : 'no-sound')}</span>mute
      </button>
      <button type="button" class="control control--end" id="hang-up" onClick=${hangUp}>
        <span class="control__face">${icon('hang-up')}</span>hang up
      </button>
      <button type="button" class="control" aria-pressed=${String(hasKeypad)} onClick=${() => showKeypad(!hasKeypad)}>
        <span class="control__face">${icon('keypad')}</span>keypad
      </button>
    </div>
  </div>`;
}

function stateOf(moment: Moment): string {
  switch (moment) {
    case 'ringing':
      return 'calling…';
    case 'greeting':
      return 'connected';
    case 'holding':
    case 'offered':
    case 'texting':
      return 'on hold';
  }
}

/** What the phone system says, in captions: a demonstration is often given without sound. */
function voice(moment: Moment, { language, line }: PhoneCall): VNode {
  const words = voiceOf(moment, language, line.practiceName);
  return html`<p class="voice" key=${`voice ${moment}`} lang=${language} data-empty=${String(words === '')}>${words}</p>`;
}

/** Moves while hold music plays; the same to everybody, so it is kept from screen readers. */
function music(moment: Moment): VNode {
  const isPlaying = moment === 'holding' || moment === 'offered' || moment === 'texting';
  return html`<div class="music" key="music" aria-hidden="true" data-playing=${String(isPlaying)}>
    <div class="music__bars">${Array.from({ length: 27 }, (_, bar) => html`<i key=${bar}></i>`)}</div>
    <p>♪ hold music</p>
  </div>`;
}

function keypad({ typed }: PhoneCall, moment: Moment): VNode {
  const isOffered = (key: string) => key === TEXT_KEY && moment === 'offered';
  return html`<div class="keypad" key="keypad" role="group" aria-label="Keypad">
    <p class="keypad__typed" aria-hidden="true">${typed}</p>
    ${KEYS.map(
      ([key, letters]) => html`<button
        type="button"
        class="key"
        key=${key}
        data-offered=${String(isOffered(key))}
        onClick=${() => pressKey(key)}
      >
        <span>${key}</span><small>${letters}</small>
        ${isOffered(key) ? html`<span class="visually-hidden">to text instead</span>` : null}
      </button>`,
    )}
  </div>`;
}
