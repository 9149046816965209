import { type Signal, useSignal } from '@preact/signals';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import type { Opened } from './opened.ts';
import type { Recipes } from './recipes.ts';

type Shown = Parameters<typeof Recipes>[0]['recipes'];

/**
 * Step by step for each phone system. Not there until asked for: the secret address is in the snippets. What
 * draws them is fetched with them, since most visits are about something else.
 */
export function RecipesCard({ opened }: { opened: Opened }): VNode {
  const shown = useSignal<{ View: typeof Recipes; recipes: Shown } | null>(null);
  const error = useSignal<string | null>(null);
  const current = shown.value;
  return html`<section class="card" aria-labelledby="recipes-title">
    <div class="section__head">
      <h2 class="section__title" id="recipes-title">Your phone system</h2>
      ${
        current === null
          ? null
          : html`<button type="button" class="button button--quiet button--small" onClick=${() => {
              shown.value = null;
            }}>Hide the steps</button>`
      }
    </div>
    ${
      current === null
        ? html`<p class="field__help">Steps and snippets for each phone system, with the secret address of this trigger filled in.</p>
            <div class="form__actions"><button type="button" class="button" onClick=${() => void show(opened, shown, error)}>${icon('eye')}Show the steps</button></div>`
        : html`<${current.View} opened=${opened} recipes=${current.recipes} />`
    }
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
  </section>`;
}

async function show(
  { api, trigger }: Opened,
  shown: Signal<{ View: typeof Recipes; recipes: Shown } | null>,
  error: Signal<string | null>,
): Promise<void> {
  const [answer, drawn] = await Promise.all([
    api.recipes(trigger.id),
    import('./recipes.ts').catch(() => null),
  ]);
  error.value = !answer.ok
    ? answer.message
    : drawn === null
      ? 'Load this page again, then try once more.'
      : null;
  if (answer.ok && drawn !== null) shown.value = { View: drawn.Recipes, recipes: answer.value.recipes };
}
