import type {
  ConversationContext,
  PatientOfNumber,
} from '../../../src/domain/conversation/conversation-context.ts';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { formatListTime, formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce } from '../announcer.ts';
import { minute } from '../clock.ts';
import { practiceId, timeZone } from '../store.ts';
import { unlink } from './link.ts';
import { LinkPart } from './link-part.ts';

/** Who this may be: all that have the number, and none assumed. */
export function callerPart(conversation: ConversationSummary, context: ConversationContext | null): VNode {
  const { caller, id } = conversation;
  return html`<section class="context__part" aria-label="Who this may be">
    <div class="context__number">
      <strong>${formatNumber(caller.number)}</strong>
      <${CopyButton} text=${caller.number} what="the number" announce=${announce} />
    </div>
    ${caller.linked ? linkedBy(conversation, context) : byNumber(conversation, context)}
    <${LinkPart} key=${id} conversation=${conversation} patients=${context?.patients ?? []} />
  </section>`;
}

function linkedBy({ id, caller }: ConversationSummary, context: ConversationContext | null): VNode {
  const link = context?.link ?? null;
  const when = link === null ? '' : `, ${formatListTime(link.at, minute.value, timeZone.value)}`;
  return html`<div class="context__who">
    <p class="context__name"><bdi>${caller.name}</bdi></p>
    <p class="context__quiet">${link === null ? 'Linked by hand.' : `Linked by hand: ${link.by}${when}.`} The number does not decide it.</p>
    <button type="button" class="button button--small" onClick=${() => void unlink(id)}>${icon('undo')}Undo the link</button>
  </div>`;
}

function byNumber({ caller }: ConversationSummary, context: ConversationContext | null): VNode {
  const { verified, names } = caller;
  if (verified === null) {
    return html`<p class="context__quiet"><strong>Unverified.</strong> No patient has this number in the directory.</p>`;
  }
  if (verified === 'elsewhere' && names.length === 0) {
    return html`<p class="context__quiet"><strong>Verified elsewhere.</strong> A patient of another practice has this number. Who it is stays there.</p>`;
  }
  const patients = context?.patients ?? [];
  const words =
    names.length > 1
      ? 'They share this number. Ask who is writing.'
      : 'Has this number in the directory. It may be somebody else who holds the phone.';
  return html`<div class="context__who">
    <ul class="context__names">
      ${patients.length > 0 ? patients.map(namedPatient) : names.map((name) => html`<li key=${name} class="context__name"><bdi>${name}</bdi></li>`)}
    </ul>
    <p class="context__quiet">${words}</p>
  </div>`;
}

function namedPatient({ id, name, practice }: PatientOfNumber): VNode {
  const isHere = practice.id === practiceId.value;
  return html`<li key=${`${practice.id} ${id}`} class="context__name">
    <bdi>${name}</bdi>${isHere ? null : html` <span class="context__quiet">of ${practice.name}</span>`}
  </li>`;
}
