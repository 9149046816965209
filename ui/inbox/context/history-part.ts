import type { ConversationContext } from '../../../src/domain/conversation/conversation-context.ts';
import { html, type VNode } from '../../design/html.ts';
import { minute } from '../clock.ts';
import { timeZone } from '../store.ts';
import { eventWords } from '../words.ts';
import { step } from './consent-part.ts';
import { part } from './part.ts';

/** Who did what; and for managers, who looked. */
export function historyPart({ events, openedBy }: ConversationContext): VNode {
  const steps = events
    .filter(({ kind }) => kind === 'event')
    .map((message) =>
      step({ id: message.id, at: message.at, words: eventWords(message, minute.value, timeZone.value) }),
    );
  const done =
    steps.length === 0
      ? html`<p class="context__quiet">Nothing yet but texts.</p>`
      : html`<ol class="context__steps">${steps}</ol>`;
  return html`${part('history', 'What was done', done)}
    ${
      openedBy === null
        ? null
        : part(
            'opened',
            'Who opened it lately',
            html`<ol class="context__steps">${openedBy.map(({ name, at }) => step({ id: `${name} ${at}`, at, words: name }))}</ol>`,
          )
    }`;
}
