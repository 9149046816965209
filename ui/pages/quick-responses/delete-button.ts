import { useSignal } from '@preact/signals';
import type { QuickResponse } from '../../../src/domain/words/quick-response.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { html, type VNode } from '../../design/html.ts';
import { hidden } from '../../design/parts.ts';
import { focusSoon, notify } from '../../shell/page.ts';
import type { AllResponses, ResponsesApi } from './responses-api.ts';

interface Deleting {
  response: QuickResponse;
  api: ResponsesApi;
  set: (next: Partial<AllResponses>) => void;
}

/** For good, after a question. */
export function DeleteButton({ response: { id, title }, api, set }: Deleting): VNode {
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  async function remove(): Promise<void> {
    isBusy.value = true;
    const answer = await api.remove(id);
    isBusy.value = false;
    if (!answer.ok) {
      error.value = answer.message;
      return;
    }
    isAsking.value = false;
    set(answer.value);
    notify(`“${title}” is deleted`);
    focusSoon('#page-title');
  }
  return html`<button type="button" class="button button--quiet" onClick=${() => {
    error.value = null;
    isAsking.value = true;
  }}>Delete…${hidden(` ${title}`)}</button>
    <${ConfirmDialog}
      id=${`delete-${id}`}
      title=${`Delete “${title}” for good?`}
      text="Its texts are lost, in every language. In the archive it would do no harm."
      does="Delete"
      isDangerous=${true}
      isOpen=${isAsking.value}
      isBusy=${isBusy.value}
      error=${error.value}
      confirm=${() => void remove()}
      cancel=${() => {
        isAsking.value = false;
      }}
    />`;
}
