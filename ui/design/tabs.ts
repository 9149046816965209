import { html, type VNode } from './html.ts';

export interface Tab<Id extends string> {
  id: Id;
  label: string;
}

/** Arrow keys move between tabs and show them; Tab goes on into the panel (ARIA authoring practices). */
export function tabs<Id extends string>(
  name: string,
  label: string,
  all: readonly Tab<Id>[],
  shown: Id,
  show: (id: Id) => void,
): VNode {
  function move(event: KeyboardEvent): void {
    const at = all.findIndex(({ id }) => id === shown);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = all.at(to % all.length);
    if (next === undefined) return;
    show(next.id);
    document.getElementById(`${name}-tab-${next.id}`)?.focus();
  }
  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${move}>
    ${all.map(
      ({ id, label: words }) => html`<button
        type="button"
        class="tabs__tab"
        role="tab"
        key=${id}
        id=${`${name}-tab-${id}`}
        aria-selected=${String(id === shown)}
        aria-controls=${`${name}-panel`}
        tabindex=${id === shown ? 0 : -1}
        onClick=${() => show(id)}
      >${words}</button>`,
    )}
  </div>`;
}

/** What the chosen tab shows. */
export function tabPanel(name: string, shown: string, content: VNode | null): VNode {
  return html`<div role="tabpanel" id=${`${name}-panel`} aria-labelledby=${`${name}-tab-${shown}`} tabindex="0">${content}</div>`;
}
