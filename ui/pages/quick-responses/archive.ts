import type { QuickResponse } from '../../../src/domain/words/quick-response.ts';
import { html, type VNode } from '../../design/html.ts';
import { hidden } from '../../design/parts.ts';
import { DeleteButton } from './delete-button.ts';
import type { AllResponses, ResponsesApi } from './responses-api.ts';

interface Archive {
  all: AllResponses;
  api: ResponsesApi;
  set: (next: Partial<AllResponses>) => void;
  restore: (one: QuickResponse) => void;
}

/** What nobody is offered any more, and can come back. */
export function archiveSection({ all, api, set, restore }: Archive): VNode | null {
  const archived = all.responses.filter(({ isArchived }) => isArchived);
  if (archived.length === 0) return null;
  return html`<details class="archive">
    <summary>Archive (${archived.length})</summary>
    <ul class="rows">
      ${archived.map(
        (one) => html`<li class="rows__row" key=${one.id}>
          <div class="rows__main"><strong>${one.title}</strong></div>
          <div class="rows__end">
            <button type="button" class="button" onClick=${() => restore(one)}>Restore${hidden(` ${one.title}`)}</button>
            <${DeleteButton} response=${one} api=${api} set=${set} />
          </div>
        </li>`,
      )}
    </ul>
  </details>`;
}
