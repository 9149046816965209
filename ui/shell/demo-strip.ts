import { useSignal } from '@preact/signals';
import { demoWords, type DemoLine as Line } from '../design/demo-words.ts';
import { html, useEffect, type VNode } from '../design/html.ts';
import { practicePath, request } from '../inbox/api.ts';
import { practiceId } from '../inbox/store.ts';

/** Over every page of demo: nobody may take it for production, or believe that a text reaches a phone that it does not. */
export function DemoStrip(): VNode {
  const lines = useSignal<Line[]>([]);
  const id = practiceId.value ?? '';
  useEffect(() => {
    void request<{ lines: Line[] }>('GET', `${practicePath(id)}/lines`, undefined, { parts: 'lines*' }).then(
      (answer) => {
        lines.value = answer.ok ? answer.value.lines : [];
      },
    );
  }, [id]);
  return html`<aside class="demo-strip" aria-label="Environment"><span><strong>Demo.</strong> ${demoWords(lines.value)}</span></aside>`;
}
