import { signal } from '@preact/signals';
import { switchButton } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce, notify } from '../../shell/page.ts';
import { type Away, away, turnOffAway, turnOnAway } from '../../shell/told.ts';

const AWAY_WORDS: Record<Away, string> = {
  off: 'Off. The browser asks you once whether Offhook may.',
  tab: 'On while Offhook is open in some tab; not while it is closed.',
  always: 'On, also while Offhook is closed, until you sign out here.',
  cannot: 'This browser shows no notifications here. On an iPhone, add Offhook to the home screen first.',
  denied:
    'This browser does not let Offhook show notifications. Allow them in its settings for this site, then load the page again.',
};

const isBusy = signal(false);

async function turn(isOn: boolean): Promise<void> {
  if (isBusy.peek()) return;
  isBusy.value = true;
  const problem = isOn ? await turnOnAway() : await turnOffAway();
  isBusy.value = false;
  if (problem === null) announce(AWAY_WORDS[away.peek()]);
  else notify(problem);
}

export function awayCard(practiceName: string): VNode {
  const now = away.value;
  const isOn = now === 'tab' || now === 'always';
  const isPossible = now !== 'cannot' && now !== 'denied';
  return html`<div class="card told__card" role="group" aria-labelledby="away-title">
    <h3 class="told__title" id="away-title">While you are elsewhere</h3>
    <p class="field__help">A notification such as “A caller is waiting at ${practiceName}”: never a name, a number or a text; while Offhook is closed, of the practices where you work. One for each conversation until you look, and none while Offhook is before you.</p>
    ${switchButton({ label: 'Notifications in this browser', isOn, turn: (wanted) => void turn(wanted), isDisabled: !isPossible || isBusy.value, describedBy: 'away-state' })}
    <p class=${now === 'denied' ? 'callout callout--warn' : 'field__help'} id="away-state">${now === 'denied' ? icon('alert') : null}<span>${AWAY_WORDS[now]}</span></p>
  </div>`;
}
