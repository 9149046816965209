/** The page of the simulated phone. */
import { computed, effect } from '@preact/signals';
import { render } from 'preact';
import { html } from '../design/html.ts';
import { loadLines, rememberNumber } from './actions.ts';
import { followScreen } from './focus.ts';
import { listenToKeys } from './keyboard.ts';
import { startPolling } from './polling.ts';
import { lasting, switchSound } from './sound.ts';
import { announcement, call, moment, now, state } from './store.ts';
import { Page } from './views/page.ts';
import { voiceOf } from './words.ts';

const CALL_TICK_MS = 250;
const IDLE_TICK_MS = 5000;

const root = document.getElementById('app');
if (root) render(html`<${Page} />`, root);

switchSound(state.peek().isSoundOn);
rememberNumber();
void loadLines();
startPolling();
listenToKeys();
followScreen();

effect(() => {
  const every = call.value === null ? IDLE_TICK_MS : CALL_TICK_MS;
  const timer = setInterval(() => {
    now.value = Date.now();
  }, every);
  return () => clearInterval(timer);
});

const soundtrack = computed(() => {
  switch (moment.value) {
    case null:
    case 'greeting':
      return null;
    case 'ringing':
      return 'ringing';
    case 'holding':
    case 'offered':
    case 'texting':
      return 'holdMusic';
  }
});
effect(() => (soundtrack.value === null ? undefined : lasting[soundtrack.value]()));

effect(() => {
  if (moment.value === null) return;
  const { line, language } = call.peek() ?? {};
  if (line === undefined || language === undefined) return;
  const words = voiceOf(moment.value, language, line.practiceName);
  announcement.value = moment.value === 'ringing' ? `Calling ${line.practiceName}` : words;
});
