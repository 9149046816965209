import { useSignal } from '@preact/signals';
import type { Recipe, Snippet, Step } from '../../../src/domain/recipe.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge } from '../../design/parts.ts';
import { tabPanel, tabs } from '../../design/tabs.ts';
import { announce } from '../../shell/page.ts';
import { type Opened, save } from './opened.ts';

type Steps = Extract<Recipe, { kind: 'recipe' }>;

/** Step by step for each phone system. Not there until asked for: the secret address is in the snippets. */
export function RecipesCard({ opened }: { opened: Opened }): VNode {
  const { trigger, api } = opened;
  const recipes = useSignal<Recipe[] | null>(null);
  const shown = useSignal<string | null>(trigger.phoneSystem);
  const error = useSignal<string | null>(null);

  async function show(): Promise<void> {
    const answer = await api.recipes(trigger.id);
    if (answer.ok) recipes.value = answer.value.recipes;
    error.value = answer.ok ? null : answer.message;
  }

  const all = recipes.value;
  const current = all?.find(({ system }) => system === shown.value) ?? all?.[0];
  return html`<section class="card" aria-labelledby="recipes-title">
    <div class="section__head">
      <h2 class="section__title" id="recipes-title">Your phone system</h2>
      ${
        all === null || all === undefined
          ? null
          : html`<button type="button" class="button button--quiet button--small" onClick=${() => {
              recipes.value = null;
            }}>Hide the steps</button>`
      }
    </div>
    ${
      current === undefined || all === null || all === undefined
        ? html`<p class="field__help">Steps and snippets for each phone system, with the secret address of this trigger filled in.</p>
            <div class="form__actions"><button type="button" class="button" onClick=${() => void show()}>${icon('eye')}Show the steps</button></div>`
        : html`${tabs(
            'recipe',
            'Phone systems',
            all.map(({ system, name }) => ({ id: system, label: name })),
            current.system,
            (system) => {
              shown.value = system;
            },
          )}
          ${tabPanel('recipe', current.system, recipe(current))}
          <${SystemChoice} opened=${opened} recipes=${all} />`
    }
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
  </section>`;
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
