import { html, type VNode } from '../../design/html.ts';
import { dismissBanner, openScreen } from '../actions.ts';
import { waitedMs } from '../call.ts';
import { call, isBuzzing, nameOf, now, state } from '../store.ts';
import { formatClock, formatTimeOfDay } from '../time.ts';
import { avatar } from './avatar.ts';
import { callScreen } from './call-screen.ts';
import { homeScreen } from './home-screen.ts';
import { icon } from './icon.ts';
import { messagesScreen } from './messages-screen.ts';
import { threadScreen } from './thread-screen.ts';

export function phone(): VNode {
  const { screen } = state.value;
  return html`<div class="phone" data-buzzing=${String(isBuzzing.value)}>
    <span class="phone__key phone__key--mute"></span>
    <span class="phone__key phone__key--up"></span>
    <span class="phone__key phone__key--down"></span>
    <span class="phone__key phone__key--power"></span>
    <div class="screen" data-screen=${screen.name}>
      ${statusBar()} ${banner()} ${ongoingCall()} ${currentScreen()}
      ${
        screen.name === 'home' || screen.name === 'call'
          ? html`<span class="home-bar" key="bar"></span>`
          : html`<button type="button" class="home-bar" key="home" aria-label="Home" onClick=${() => openScreen({ name: 'home' })}></button>`
      }
    </div>
  </div>`;
}

function currentScreen(): VNode {
  const { screen } = state.value;
  switch (screen.name) {
    case 'home':
      return homeScreen();
    case 'call':
      return call.value === null ? homeScreen() : callScreen(call.value);
    case 'messages':
      return messagesScreen();
    case 'thread':
      return threadScreen(screen.line);
  }
}

/** Decoration: the browser already tells the time. */
function statusBar(): VNode {
  return html`<div class="status-bar" aria-hidden="true">
    <span>${formatTimeOfDay(now.value)}</span>
    <span class="island"></span>
    <svg viewBox="0 0 62 14" width="62" height="14">
      <g fill="currentColor">
        <rect x="0" y="8.500" width="3" height="4.500" rx="1" />
        <rect x="4.600" y="6" width="3" height="7" rx="1" />
        <rect x="9.200" y="3.500" width="3" height="9.500" rx="1" />
        <rect x="13.800" y="1" width="3" height="12" rx="1" />
        <rect x="36.500" y="3.500" width="17" height="7.500" rx="1.800" />
        <path d="M60 5.200v4c.9-.3 1.500-1.100 1.500-2s-.6-1.700-1.500-2z" opacity=".5" />
      </g>
      <rect x="34.500" y="1.500" width="23.500" height="11.500" rx="3.600" fill="none" stroke="currentColor" opacity=".5" />
    </svg>
  </div>`;
}

/** A text that came while something else was on the screen. */
function banner(): VNode | null {
  const text = state.value.banner;
  if (text === null) return null;
  const name = nameOf(text.from);
  return html`<div class="banner" key=${`banner ${text.id}`}>
    <button type="button" class="banner__open" onClick=${() => openScreen({ name: 'thread', line: text.from })}>
      ${avatar(name)}
      <span class="banner__words">
        <strong>${name}</strong>
        <span class="banner__text">${text.body}</span>
      </span>
    </button>
    <button type="button" class="banner__close" aria-label="Dismiss" onClick=${dismissBanner}>${icon('close')}</button>
  </div>`;
}

/** The way back to a call that goes on behind another screen. */
function ongoingCall(): VNode | null {
  if (call.value === null || state.value.screen.name === 'call') return null;
  return html`<button type="button" class="ongoing" key="ongoing" onClick=${() => openScreen({ name: 'call' })}>
    ${icon('call')} Return to the call <span>${formatClock(waitedMs(call.value, now.value))}</span>
  </button>`;
}
