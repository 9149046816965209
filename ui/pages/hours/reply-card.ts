import { switchButton } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { MergeButton } from '../../design/merge-button.ts';
import { focusSoon } from '../../shell/page.ts';
import type { Faults, HoursDraft } from './draft.ts';
import { replyMeasure, TextFields } from './text-fields.ts';

interface Reply {
  draft: HoursDraft;
  faults: Faults;
  set: (change: Pick<HoursDraft, 'isOn'> | Pick<HoursDraft, 'texts'>) => void;
}

/** What who texts while it is closed gets, once in each closed period. */
export function ReplyCard({ draft: { isOn, texts }, faults, set }: Reply): VNode {
  const [first] = texts;
  const putMerged = (text: string) => {
    if (first === undefined) return;
    set({ texts: texts.map((one) => (one === first ? { ...one, text } : one)) });
    focusSoon(`#reply-${first.language}`);
  };
  return html`<section class="card" aria-labelledby="reply-title">
    <div class="section__head">
      <h2 class="section__title" id="reply-title">After-hours reply</h2>
      ${
        texts.length > 1
          ? html`<${MergeButton}
              texts=${texts.map(({ language, text }) => ({ id: language, language, text }))}
              measure=${replyMeasure}
              put=${putMerged}
            />`
          : null
      }
    </div>
    ${switchButton({
      label: isOn
        ? 'On: who texts while you are closed is answered'
        : 'Off: nobody is answered while you are closed',
      isOn,
      turn: (to) => set({ isOn: to }),
      describedBy: 'reply-help',
    })}
    <p class="field__help" id="reply-help">
      Once in each closed period, in the language of the conversation; else in English, else in the first one here.
    </p>
    <${TextFields} prefix="reply" what="Reply" texts=${texts} faults=${faults} set=${(next: HoursDraft['texts']) => set({ texts: next })} />
  </section>`;
}
