import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { StaffRef } from '../../../src/domain/conversation/message.ts';
import { textRefusal } from '../../../src/domain/conversation/text-refusal.ts';
import { phrasesIn } from '../../../src/domain/words/smart-phrase.ts';
import { languageName } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { draft, present } from '../store.ts';
import { stopped, submit } from './guard.ts';
import { HeldBar } from './held-bar.ts';
import { kindQuestion } from './kind-question.ts';
import { begin, knownOf } from './known.ts';
import { newerLine, newerQuestion } from './newer-question.ts';
import type { Option } from './options.ts';
import { privateQuestion } from './private-question.ts';
import { activeIndex, choose, close, openByButton, optionId, options } from './quick-list.ts';
import { activePerson, choosePerson, closePeople, people, personId } from './staff-list.ts';
import { selectPhrase } from './unfilled.ts';

/** Between the choice of what to write and the field. */
export function Above({ conversation }: { conversation: ConversationSummary }): VNode {
  // A list belongs to the field that was left.
  useEffect(() => {
    begin(conversation);
    return () => {
      close();
      closePeople();
    };
  }, [conversation.id]);
  const isNote = draft.value.mode === 'note';
  const why = stopped.value?.conversationId === conversation.id ? stopped.value : null;
  return html`
    <${HeldBar} conversation=${conversation} />
    ${isNote || why?.is === 'newer' ? null : newerLine(conversation)}
    ${isNote && people.value !== null ? staffList(people.value) : null}
    ${isNote || options.value === null ? null : quickList(options.value, conversation)}
    ${isNote ? null : leftToFill(why?.is === 'unfilled' ? why.written : null)}
    ${!isNote && why?.is === 'private' ? privateQuestion(why, conversation) : null}
    ${!isNote && why?.is === 'newer' ? newerQuestion(why, conversation) : null}
    ${why?.is === 'other-kind' && (why.kind === 'note') === isNote ? kindQuestion(why, conversation) : null}
  `;
}

/** Before the button that sends. */
export function Foot({ conversation }: { conversation: ConversationSummary }): VNode | null {
  const { mode, reply } = draft.value;
  if (mode === 'note' || textRefusal(conversation) !== null) return null;
  return html`
    <button type="button" class="button button--small writing__slash" title="Quick responses" onClick=${openByButton}><kbd aria-hidden="true">/</kbd>${hidden('Quick responses')}</button>
    ${
      reply.trim() === ''
        ? null
        : html`<button type="button" class="button button--small" onClick=${() => submit(conversation, { isDoneAfter: true })}>${icon('check')}Send and done</button>`
    }
  `;
}

function quickList(shown: Option[], conversation: ConversationSummary): VNode {
  const { responses, problem } = knownOf(conversation);
  const note =
    shown.length > 0
      ? null
      : responses === null
        ? (problem ?? 'Loading…')
        : 'Nothing found. Esc keeps what you typed.';
  return html`<div class="quick">
    <ul class="quick__list" id="quick-list" role="listbox" aria-label="Quick responses">
      ${shown.map((option, index) => quickOption(option, index))}
    </ul>
    ${note === null ? null : html`<p class="quick__note" role="status">${note}</p>`}
    <p class="quick__keys" aria-hidden="true"><kbd>↑</kbd><kbd>↓</kbd> choose <kbd>Enter</kbd> put in <kbd>Esc</kbd> close</p>
  </div>`;
}

function quickOption({ key, title, aside, text, language, isAsked }: Option, index: number): VNode {
  // The field keeps the keyboard: what is pressed here must not take it.
  return html`<li class="quick__option" key=${key} id=${optionId(index)} role="option" aria-selected=${String(index === activeIndex.value)}
    onPointerDown=${(event: Event) => event.preventDefault()}
    onPointerMove=${() => {
      activeIndex.value = index;
    }}
    onClick=${() => choose(index)}>
    <span class="quick__title">${title}</span>
    <span class="quick__aside">${aside}${isAsked ? null : html`<span class="badge badge--warn">${languageName(language)}</span>`}</span>
    <span class="quick__text" dir="auto" lang=${language}>${text}</span>
  </li>`;
}

/** Whom a note can name; whoever is here now stands first. */
function staffList(shown: StaffRef[]): VNode {
  return html`<div class="quick">
    <ul class="quick__list" id="staff-list" role="listbox" aria-label="Colleagues">
      ${shown.map(
        (
          { id, name },
          index,
        ) => html`<li class="quick__option quick__option--person" key=${id} id=${personId(index)} role="option" aria-selected=${String(index === activePerson.value)}
          onPointerDown=${(event: Event) => event.preventDefault()}
          onPointerMove=${() => {
            activePerson.value = index;
          }}
          onClick=${() => choosePerson(index)}>
          <span class="quick__title">${name}</span>
          <span class="quick__aside">${present.value.some((one) => one.id === id) ? 'here now' : null}</span>
        </li>`,
      )}
    </ul>
    ${shown.length > 0 ? null : html`<p class="quick__note" role="status">Nobody found. Esc keeps what you typed.</p>`}
    <p class="quick__keys" aria-hidden="true"><kbd>↑</kbd><kbd>↓</kbd> choose <kbd>Enter</kbd> name <kbd>Esc</kbd> close</p>
  </div>`;
}

/** Marked where they can be pressed; in the field itself they are selected one after the other. */
function leftToFill(blocking: string | null): VNode | null {
  const left = [...new Map(phrasesIn(draft.value.reply).map((one) => [one.key, one])).values()];
  if (left.length === 0) return null;
  return html`<div class="left-to-fill" data-blocking=${String(blocking !== null)}>
    <span id="left-to-fill">Fill in${left.length > 1 ? hidden(`, ${left.length} places; Tab goes from one to the next`) : null}</span>
    <ul aria-labelledby="left-to-fill">
      ${left.map((one) => html`<li key=${one.key}><button type="button" class="chip" onClick=${() => selectPhrase(one)}>${one.written}</button></li>`)}
    </ul>
    <p role="alert">${blocking === null ? null : `Not sent: fill in ${blocking} first, or take it out.`}</p>
  </div>`;
}
