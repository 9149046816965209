import type { GroupRule } from '../../../src/domain/people/single-sign-on.ts';
import { MAX_GROUP_RULES } from '../../../src/domain/people/single-sign-on.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { focusSoon } from '../../shell/page.ts';

interface GroupsCard {
  groups: readonly GroupRule[];
  practices: readonly { id: string; name: string }[];
  set: (groups: GroupRule[]) => void;
}

/** What the groups of the provider give here. */
export function groupsCard({ groups, practices, set }: GroupsCard): VNode {
  const put = (at: number, rule: GroupRule) => set(groups.map((one, n) => (n === at ? rule : one)));
  const add = () => {
    const [first] = practices;
    const rule: GroupRule =
      first === undefined
        ? { group: '', is: 'admin' }
        : { group: '', is: 'member', practiceId: first.id, role: 'staff' };
    set([...groups, rule]);
    focusSoon(`#group-${groups.length}`);
  };
  const remove = (at: number) => {
    set(groups.filter((_, n) => n !== at));
    focusSoon('#groups-title');
  };
  return html`<section class="card" aria-labelledby="groups-title">
    <h2 class="section__title" id="groups-title" tabindex="-1">Groups</h2>
    <p class="field__help">Looked at on every sign-in: who is in a group gets what stands beside it, who has left one loses it. Practices that no line speaks of stay as their managers set them. Without any line, people have to be invited first.</p>
    ${
      groups.length === 0
        ? null
        : html`<ol class="plain-list group-rules">${groups.map(
            (rule, at) => html`<li class="group-rule" key=${at}>
            <label class="group-rule__name"><span class="visually-hidden">Group</span>
              <input id=${`group-${at}`} value=${rule.group} placeholder="Group" maxlength="200" autocomplete="off" spellcheck=${false} onInput=${(event: Event) => put(at, { ...rule, group: (event.currentTarget as HTMLInputElement).value })} />
            </label>
            <label class="group-rule__gives"><span class="visually-hidden">Gives</span>
              <select onChange=${(event: Event) => put(at, { group: rule.group, ...grantOf((event.currentTarget as HTMLSelectElement).value) } as GroupRule)}>
                ${practices.flatMap(({ id, name }) => [option(rule, id, 'staff', `Staff of ${name}`), option(rule, id, 'manager', `Manager of ${name}`)])}
                <option value="admin" selected=${rule.is === 'admin'}>Admin, everywhere</option>
              </select>
            </label>
            <button type="button" class="icon-button" onClick=${() => remove(at)}>${icon('close')}${hidden(`Remove ${rule.group || 'this group'}`)}</button>
          </li>`,
          )}</ol>`
    }
    <div class="form__actions">
      <button type="button" class="button" aria-disabled=${groups.length >= MAX_GROUP_RULES ? 'true' : undefined} onClick=${() => {
        if (groups.length < MAX_GROUP_RULES) add();
      }}>${icon('plus')}Add a group</button>
    </div>
  </section>`;
}

function option(rule: GroupRule, practiceId: string, role: 'staff' | 'manager', words: string): VNode {
  const isThis = rule.is === 'member' && rule.practiceId === practiceId && rule.role === role;
  return html`<option key=${`${role} ${practiceId}`} value=${`${role} ${practiceId}`} selected=${isThis}>${words}</option>`;
}

function grantOf(value: string): { is: 'admin' } | { is: 'member'; practiceId: string; role: string } {
  const [role = '', practiceId] = value.split(' ');
  return practiceId === undefined ? { is: 'admin' } : { is: 'member', practiceId, role };
}
