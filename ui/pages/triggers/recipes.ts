import { useSignal } from '@preact/signals';
import type { Recipe, Snippet, Step } from '../../../src/domain/triggers/recipe.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge } from '../../design/parts.ts';
import { tabPanel, tabs } from '../../design/tabs.ts';
import { announce } from '../../shell/page.ts';
import { type Opened, save } from './opened.ts';

type Steps = Extract<Recipe, { kind: 'recipe' }>;

/** A tab for each phone system, that of the trigger first on screen; below, whose requests it expects. */
export function Recipes({ opened, recipes }: { opened: Opened; recipes: readonly Recipe[] }): VNode | null {
  const shown = useSignal<string | null>(opened.trigger.phoneSystem);
  const current = recipes.find(({ system }) => system === shown.value) ?? recipes[0];
  if (current === undefined) return null;
  return html`
    ${tabs(
      'recipe',
      'Phone systems',
      recipes.map(({ system, name }) => ({ id: system, label: name })),
      current.system,
      (system) => {
        shown.value = system;
      },
    )}
    ${tabPanel('recipe', current.system, recipe(current))}
    <${SystemChoice} opened=${opened} recipes=${recipes} />
  `;
}

function recipe(one: Recipe): VNode {
  if (one.kind === 'not-possible') {
    return html`<div class="recipe" key=${one.system}><p class="callout callout--warn">${icon('alert')}<span>${one.why}</span></p>${unconfirmed(one)}</div>`;
  }
  return html`<div class="recipe" key=${one.system}>
    <p>${one.how}</p>
    <ol class="recipe__steps">${one.steps.map((step, index) => recipeStep(one, step, index))}</ol>
    <p><strong>You should see:</strong> ${one.youShouldSee}</p>
    ${one.advice.length === 0 ? null : html`<ul class="recipe__advice">${one.advice.map((words) => html`<li key=${words}>${words}</li>`)}</ul>`}
    ${unconfirmed(one)}
  </div>`;
}

function recipeStep({ system }: Steps, { text, snippet }: Step, index: number): VNode {
  return html`<li class="recipe__step" key=${`${system} ${index}`}>
    <p>${text}</p>
    ${snippet === null ? null : snippetBox(snippet)}
  </li>`;
}

function snippetBox({ title, text }: Snippet): VNode {
  return html`<figure class="snippet">
    <figcaption class="snippet__title">${title}</figcaption>
    <div class="code"><pre>${text}</pre><${CopyButton} text=${text} what=${title} announce=${announce} /></div>
  </figure>`;
}

/** Told plainly: who follows a step that is not there any more should know whom to ask. */
function unconfirmed({ name, unconfirmed: points }: Recipe): VNode | null {
  if (points.length === 0) return null;
  return html`<div class="recipe__unconfirmed">
    ${badge(`Not confirmed by the documentation of ${name}`, 'warn')}
    <ul>${points.map((point) => html`<li key=${point}>${point}</li>`)}</ul>
  </div>`;
}

/** Where a request could be of several, the trigger says whose it is. */
function SystemChoice({ opened, recipes }: { opened: Opened; recipes: readonly Recipe[] }): VNode {
  const { phoneSystem } = opened.trigger;
  const error = useSignal<string | null>(null);
  const choose = async (event: Event) => {
    const chosen = (event.currentTarget as HTMLSelectElement).value || null;
    const saved = await save(
      opened,
      { phoneSystem: chosen },
      { phoneSystem },
      'Saved how requests are read.',
    );
    error.value = saved.is === 'refused' ? saved.message : null;
  };
  return field({
    id: 'phone-system',
    label: 'Requests come from',
    control: html`<select id="phone-system" aria-describedby="phone-system-help" onChange=${(event: Event) => void choose(event)}>
      <option value="" selected=${phoneSystem === null}>Recognise it by its requests</option>
      ${recipes.map(({ system, name }) => html`<option key=${system} value=${system} selected=${system === phoneSystem}>${name}</option>`)}
    </select>`,
    help: 'Recognising it nearly always works. Choose one if Activity shows the wrong one.',
    error: error.value,
  });
}
