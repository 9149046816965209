import { useSignal } from '@preact/signals';
import { field, switchButton } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { claims } from '../../shell/claims.ts';
import { notify, practicePath, request } from '../../shell/page.ts';
import { undoSeconds } from '../../shell/undo-send.ts';

const CHOICES = [0, 5, 10, 20, 30];

/** How long a reply waits in the page before it leaves, and whose the conversation is meanwhile. */
export function UndoCard({ practiceId }: { practiceId: string }): VNode {
  const chosen = useSignal<number | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    void request<{ undoSeconds: number; claims: boolean }>(
      'GET',
      `${practicePath(practiceId)}/smart-phrases`,
    ).then((answer) => {
      if (answer.ok) [chosen.value, claims.value] = [answer.value.undoSeconds, answer.value.claims];
      else error.value = answer.message;
    });
  }, [practiceId]);

  async function choose(seconds: number): Promise<void> {
    error.value = null;
    const answer = await request<null>('PUT', '/api/session/undo-send', { seconds });
    if (!answer.ok) {
      error.value = answer.message;
      return;
    }
    chosen.value = seconds;
    undoSeconds.value = seconds;
    notify(seconds === 0 ? 'Replies leave at once' : `Replies wait ${seconds} seconds`);
  }

  async function turnClaims(isOn: boolean): Promise<void> {
    error.value = null;
    const answer = await request<null>('PUT', '/api/session/claims', { claims: isOn });
    if (!answer.ok) {
      error.value = answer.message;
      return;
    }
    claims.value = isOn;
    notify(isOn ? 'Beginning a reply makes the conversation yours' : 'Beginning a reply changes nothing');
  }

  const current = chosen.value;
  const offered = current === null || CHOICES.includes(current) ? CHOICES : [...CHOICES, current];
  return html`<section class="section" aria-labelledby="writing-title">
    <div class="section__head"><h2 class="section__title" id="writing-title">Replies</h2></div>
    <div class="card">
      ${field({
        id: 'undo-seconds',
        label: 'Time to take a reply back',
        help: 'It waits in the page that long, with a button to undo, and leaves at once when you sign out, close the page or turn to another tab.',
        error: error.value,
        control: html`<select id="undo-seconds" aria-describedby="undo-seconds-help" disabled=${current === null} onChange=${(
          event: Event,
        ) => void choose(Number((event.currentTarget as HTMLSelectElement).value))}>
          ${offered.map((seconds) => html`<option key=${seconds} value=${seconds} selected=${seconds === current}>${seconds === 0 ? 'None: send at once' : `${seconds} seconds`}</option>`)}
        </select>`,
      })}
      <div class="field">
        ${switchButton({
          label: 'Take a conversation by beginning a reply',
          isOn: claims.value,
          turn: (isOn) => void turnClaims(isOn),
          isDisabled: current === null,
          describedBy: 'claims-help',
        })}
        <p class="field__help" id="claims-help">If it is nobody’s, it becomes yours with the first letter, so that two do not answer one caller. You can undo it each time.</p>
      </div>
    </div>
  </section>`;
}
