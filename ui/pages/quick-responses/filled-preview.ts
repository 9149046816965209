import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { textVariant } from '../../../src/domain/text/text-variant.ts';
import { phraseValues, type SmartPhrases } from '../../../src/domain/words/phrase-values.ts';
import { fillPhrases, phrasesIn } from '../../../src/domain/words/smart-phrase.ts';
import { formatNumber, languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { type PageProps, session } from '../../shell/page.ts';
import { withPhrasesMarked } from './marked-phrases.ts';
import type { ResponsesApi } from './responses-api.ts';

interface Preview {
  practice: PageProps['practice'];
  api: ResponsesApi;
  texts: Readonly<Record<string, string>>;
}

/** As many as fit in one look. */
const NEWEST = 10;

type Load =
  | { is: 'closed' }
  | { is: 'loading' }
  | { is: 'failed'; message: string }
  | { is: 'ready'; conversations: ConversationSummary[] };

/** What a caller of one of the newest conversations would get if it were sent to them now. */
export function FilledPreview({ practice, api, texts }: Preview): VNode {
  const load = useSignal<Load>({ is: 'closed' });
  const chosenId = useSignal('');
  const phrases = useSignal<SmartPhrases | null>(null);

  async function open(): Promise<void> {
    load.value = { is: 'loading' };
    const answer = await api.conversations();
    if (!answer.ok) {
      load.value = { is: 'failed', message: answer.message };
      return;
    }
    const conversations = [...answer.value.conversations]
      .sort((a, b) => b.last.at - a.last.at)
      .slice(0, NEWEST);
    load.value = { is: 'ready', conversations };
    await choose(conversations[0]);
  }
  async function choose(conversation: ConversationSummary | undefined): Promise<void> {
    if (conversation === undefined) return;
    chosenId.value = conversation.id;
    const answer = await api.phrases(conversation.line.id);
    if (answer.ok) phrases.value = answer.value;
    else load.value = { is: 'failed', message: answer.message };
  }

  const current = load.value;
  switch (current.is) {
    case 'closed':
      return html`<div><button type="button" class="button button--small" onClick=${() => void open()}>${icon('eye')}Try it with a conversation</button></div>`;
    case 'loading':
      return html`<p class="field__help" role="status">Loading the newest conversations…</p>`;
    case 'failed':
      return html`<p class="field__error" role="alert">${icon('alert')}<span>${current.message}</span></p>`;
    case 'ready':
      return current.conversations.length === 0
        ? html`<p class="field__help" role="status">There is no conversation to try it with yet.</p>`
        : filled(current.conversations);
  }

  function filled(conversations: ConversationSummary[]): VNode {
    const conversation = conversations.find(({ id }) => id === chosenId.value) ?? conversations[0];
    const variant = conversation === undefined ? null : textVariant(texts, conversation.language);
    const staff = session.value?.staff;
    if (conversation === undefined || phrases.value === null || staff === undefined)
      return html`<p class="field__help" role="status">Filling in…</p>`;
    const { caller, line, language } = conversation;
    const text = fillPhrases(
      variant?.text ?? '',
      phraseValues(phrases.value, { caller, practice, line, staff, language }),
    );
    const left = [...new Set(phrasesIn(text).map(({ written }) => written))];
    return html`<div class="filled-preview">
      <div class="field">
        <label for="preview-conversation">As it would be sent now to</label>
        <select id="preview-conversation" value=${conversation.id} onChange=${(event: Event) => {
          const { value } = event.currentTarget as HTMLSelectElement;
          void choose(conversations.find(({ id }) => id === value));
        }}>
          ${conversations.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === conversation.id}>${one.caller.name ?? formatNumber(one.caller.number)}, ${languageName(one.language)}</option>`)}
        </select>
      </div>
      <p class="preview__bubble" dir="auto" lang=${variant?.language}>${text === '' ? '…' : withPhrasesMarked(text)}</p>
      <p class="field__help" role="status">${left.length === 0 ? 'Nothing is left to fill in.' : `${left.join(', ')}: to be filled in by whoever replies.`}</p>
    </div>`;
  }
}
