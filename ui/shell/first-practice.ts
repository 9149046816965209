import { html, type VNode } from '../design/html.ts';
import { NewPractice } from '../design/new-practice.ts';
import { signOut } from '../inbox/actions/session-actions.ts';
import { request } from '../inbox/api.ts';
import { focusSoon } from '../inbox/focus.ts';
import { stylesheet } from './stylesheet.ts';

/** The forms of pages beside the inbox, before there is any, on a card like that of the sign-in. */
await Promise.all([stylesheet('/assets/pages.css'), stylesheet('/assets/sign-in.css')]);

/** An admin's first screen in an environment that has nothing yet. */
export function FirstPractice(): VNode {
  const make = async (practice: unknown) => {
    const answer = await request<{ practice: { id: string } }>('POST', '/api/practices', practice);
    // Anew, as somebody who has a practice.
    if (answer.ok) location.assign(`/${encodeURIComponent(answer.value.practice.id)}/set-up`);
    return answer;
  };
  return html`<main class="sign-in">
    <div class="sign-in__card sign-in__card--wide">
      <img class="sign-in__mark" src="/favicon.svg" alt="" width="40" height="40" />
      <h1 class="sign-in__title">Make your first practice</h1>
      <p>A practice is a clinic or a call center: it has its own lines, hours, people and inbox. A list then takes you to the first call, step by step.</p>
      <${NewPractice} make=${make} focus=${focusSoon} />
    </div>
    <p class="sign-in__foot"><button type="button" class="button button--quiet" onClick=${() => void signOut()}>Sign out</button></p>
  </main>`;
}
