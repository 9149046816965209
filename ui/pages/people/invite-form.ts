import { useSignal } from '@preact/signals';
import { MEMBER_ROLES, type MemberRole } from '../../../src/domain/people/people.ts';
import { choices, field } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { announce, focusSoon } from '../../shell/page.ts';
import { linkBox } from './link-box.ts';
import type { NewLink, PeopleApi } from './people-api.ts';
import { ROLE_WORDS } from './role-words.ts';

/** What the form begins with; `at` makes another form of the next one. */
export interface Inviting {
  email: string;
  role: MemberRole;
}

interface InviteForm {
  begin: Inviting;
  api: PeopleApi;
  practice: { name: string; timeZone: string };
  invited: () => void;
}

type Made = NewLink & { hasAccount: boolean };

export function InviteForm({ begin, api, practice, invited }: InviteForm): VNode {
  const email = useSignal(begin.email);
  const role = useSignal(begin.role);
  const made = useSignal<Made | null>(null);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => focusSoon('#invite-email'), []);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = null;
    const answer = await api.invite(email.peek().trim(), role.peek());
    isBusy.value = false;
    if (!answer.ok) {
      error.value = answer.message;
      return;
    }
    made.value = answer.value;
    announce('The link is ready to be copied');
    invited();
    focusSoon('#invite-title');
  }

  if (made.value !== null) {
    const { hasAccount } = made.value;
    const words = `Send it to ${email.value} yourself, by a way that only they read. ${
      hasAccount
        ? 'They have an account already, and join with it.'
        : 'They choose a name, and a password or a passkey, and are in the inbox.'
    }`;
    return linkBox(made.value, words, practice.timeZone);
  }
  return html`<form class="form" onSubmit=${submit}>
    ${field({
      id: 'invite-email',
      label: 'E-mail',
      help: 'They sign in with it. Offhook sends no e-mail: you get a link to pass on.',
      control: html`<input
        id="invite-email"
        type="email"
        autocomplete="off"
        spellcheck=${false}
        required
        maxlength="254"
        aria-describedby="invite-email-help"
        value=${email.value}
        onInput=${(event: Event) => {
          email.value = (event.currentTarget as HTMLInputElement).value;
        }}
      />`,
    })}
    ${choices(
      'invite-role',
      `Role in ${practice.name}`,
      MEMBER_ROLES.map((value) => ({ value, ...ROLE_WORDS[value] })),
      role.value,
      (value) => {
        role.value = value;
      },
    )}
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      <button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>Make the link</button>
    </div>
  </form>`;
}
