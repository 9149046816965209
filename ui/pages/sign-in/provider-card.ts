import { useSignal } from '@preact/signals';
import type {
  ProviderLook,
  SignInSettingsAnswer,
  SingleSignOn,
} from '../../../src/domain/people/single-sign-on.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { field, switchButton } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce, focusNow } from '../../shell/page.ts';
import { lookAt } from './sign-in-api.ts';

interface ProviderCard {
  settings: SignInSettingsAnswer;
  singleSignOn: SingleSignOn;
  set: (change: Partial<SingleSignOn>) => void;
}

type Look = { is: 'not-yet' } | { is: 'looking' } | { is: 'done'; issuer: string; look: ProviderLook };

/** Which OpenID provider, and as whom we come to it. */
export function ProviderCard({ settings, singleSignOn, set }: ProviderCard): VNode {
  const look = useSignal<Look>({ is: 'not-yet' });
  const { issuer } = singleSignOn;

  async function tryIt(): Promise<void> {
    if (look.peek().is === 'looking') return;
    if (issuer.trim() === '') return focusNow('#issuer');
    look.value = { is: 'looking' };
    const answer = await lookAt(issuer);
    const found: ProviderLook = answer.ok ? answer.value : { is: 'wrong', message: answer.message };
    look.value = { is: 'done', issuer, look: found };
  }
  const text = (
    key: 'name' | 'issuer' | 'clientId' | 'groupsClaim',
    label: string,
    {
      maxlength,
      help,
      id = key,
      type = 'text',
    }: { maxlength: number; help?: string; id?: string; type?: string },
  ) =>
    field({
      id,
      label,
      ...(help === undefined ? {} : { help }),
      control: html`<input id=${id} type=${type} value=${singleSignOn[key]} maxlength=${maxlength} autocomplete="off" spellcheck=${false} aria-describedby=${help ? `${id}-help` : undefined} onInput=${(event: Event) => set({ [key]: (event.currentTarget as HTMLInputElement).value })} />`,
    });

  return html`<section class="card" aria-labelledby="provider-title">
    <h2 class="section__title" id="provider-title">Single sign-on</h2>
    <p class="field__help">With any provider that speaks OpenID Connect, such as Microsoft Entra, Okta, Google Workspace or Keycloak. Register Offhook there as a web application, with ${settings.redirectUris.length === 1 ? 'this address' : 'these addresses'} to come back to:</p>
    <ul class="plain-list redirects">
      ${settings.redirectUris.map((uri) => html`<li class="redirects__one" key=${uri}><code>${uri}</code><${CopyButton} text=${uri} what="the address" announce=${announce} /></li>`)}
    </ul>
    ${text('name', 'What your people call it', { maxlength: 40, help: 'On the button: “Continue with …”.' })}
    ${text('issuer', 'Issuer', { maxlength: 500, type: 'url', help: 'As the provider calls itself, such as https://login.clinic.example.' })}
    <div class="form__actions">
      <button type="button" class="button" aria-disabled=${look.value.is === 'looking' ? 'true' : undefined} onClick=${() => void tryIt()}>${icon('search')}${look.value.is === 'looking' ? 'Looking…' : 'Look at the provider'}</button>
    </div>
    <div role="status">${look.value.is === 'done' && look.value.issuer === issuer ? found(look.value.look) : null}</div>
    ${text('clientId', 'Client id', { maxlength: 200, id: 'client-id' })}
    <p class="field__help">${
      settings.hasSecret
        ? 'The client secret is among the secrets of this deployment. Nobody can read it again, here or elsewhere.'
        : 'There is no client secret. If your provider gives you one, it becomes a secret of the deployment: npx wrangler secret put SINGLE_SIGN_ON_SECRET. Without it the client has to be a public one.'
    }</p>
    ${text('groupsClaim', 'Claim that lists groups', { maxlength: 100, id: 'groups-claim' })}
    ${switchButton({
      label: 'Take its e-mail addresses as verified where it says nothing about them',
      isOn: singleSignOn.trustsEmails,
      describedBy: 'trust-help',
      turn: (trustsEmails) => set({ trustsEmails }),
    })}
    <p class="field__help" id="trust-help">Microsoft Entra says nothing. Turn it on only where nobody but your own administrators can set the e-mail of an account.</p>
  </section>`;
}

function found(look: ProviderLook): VNode {
  if (look.is === 'wrong')
    return html`<p class="callout callout--danger">${icon('alert')}<span>${look.message}</span></p>`;
  const { signsInAt, algorithms, offersGroups, secretSent } = look;
  return html`<div class="callout callout--plain">
    <dl class="facts">
      <dt>People sign in at</dt><dd>${signsInAt}</dd>
      <dt>Its tokens are signed with</dt><dd>${algorithms.join(', ')}</dd>
      <dt>Groups</dt><dd>${offersGroups ? 'It has a scope for groups, which is asked for' : 'No scope of that name: have the provider put groups into the claim below'}</dd>
      <dt>We show who we are by</dt><dd>${secretSent === null ? 'PKCE alone, as a public client' : `the client secret and PKCE`}</dd>
    </dl>
  </div>`;
}
