import { useSignal } from '@preact/signals';
import { switchButton } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { session } from '../../shell/page.ts';
import { type Opened, save } from './opened.ts';

/** Whether calls to the address lead to texts. */
export function SwitchCard({ opened }: { opened: Opened }): VNode {
  const { isOn, wentLive } = opened.trigger;
  const isLocked = !isOn && wentLive === null && session.value?.environment === 'production';
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);

  async function turn(to: boolean): Promise<void> {
    isBusy.value = true;
    const saved = await save(opened, { isOn: to }, { isOn }, to ? 'Switched on' : 'Switched off');
    isBusy.value = false;
    error.value = saved.is === 'refused' ? saved.message : null;
  }

  return html`<section class="card" aria-label="On or off">
    ${switchButton({
      label: isOn ? 'On: callers are texted' : 'Off: nobody is texted',
      isOn,
      isDisabled: isBusy.value || isLocked,
      turn: (to) => void turn(to),
      describedBy: 'switch-help',
    })}
    <p class="field__help" id="switch-help">
      ${isLocked ? 'It can be switched on when it has gone live: see below.' : isOn ? 'Switch it off to pause. The address goes on answering.' : 'The address answers “trigger-off”, so you can see that calls arrive.'}
    </p>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
  </section>`;
}
