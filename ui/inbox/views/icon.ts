import { html, type VNode } from '../html.ts';

/** Drawn on a 16 by 16 grid, stroked in the colour of the text. */
const PATHS = {
  back: 'M10 3 5 8l5 5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  'double-check': 'm1.5 8.5 3 3L11 5M7.5 11l.6.5L14.5 5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.5',
  alert: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.5M8 11v.01',
  question: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.3a1.7 1.7 0 1 1 2.4 1.9c-.5.2-.7.5-.7 1M8 11.2v.01',
  lock: 'M4 7.5h8a.8.8 0 0 1 .8.8v4.4a.8.8 0 0 1-.8.8H4a.8.8 0 0 1-.8-.8V8.3A.8.8 0 0 1 4 7.5ZM5.3 7.3V5.2a2.7 2.7 0 0 1 5.4 0v2.1',
  inbox: 'M2 9h3.5l1 2h3l1-2H14M4 3h8l2 6v3.5a.8.8 0 0 1-.8.8H2.8a.8.8 0 0 1-.8-.8V9z',
  reply: 'M6.5 4 3 7.5 6.5 11M3 7.5h6.5A3.5 3.5 0 0 1 13 11v1.5',
  person: 'M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8ZM3 13.5c.5-2.2 2.5-3.5 5-3.5s4.5 1.3 5 3.5',
  'no-person': 'M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8ZM3 13.5c.5-2.2 2.5-3.5 5-3.5M11 11l3 3M14 11l-3 3',
  phone:
    'M5.6 2.5 3.5 3c-.6.2-1 .7-.9 1.3.5 4.7 4.4 8.6 9.1 9.1.6.1 1.1-.3 1.3-.9l.5-2.1-2.7-1.4-1.3 1.3C7.7 9.5 6.5 8.3 5.7 6.5L7 5.2z',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  'arrow-down': 'M8 3v10M4 9l4 4 4-4',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h7a3.5 3.5 0 0 1 0 7H7',
  keyboard:
    'M2.5 4h11a.8.8 0 0 1 .8.8v6.4a.8.8 0 0 1-.8.8h-11a.8.8 0 0 1-.8-.8V4.8a.8.8 0 0 1 .8-.8ZM4.5 6.5v.01M7 6.5v.01M9.5 6.5v.01M12 6.5v.01M5 9.5h6',
  leave:
    'M9.5 11.5v1.2a.8.8 0 0 1-.8.8H3.3a.8.8 0 0 1-.8-.8V3.3a.8.8 0 0 1 .8-.8h5.4a.8.8 0 0 1 .8.8v1.2M6.5 8h7.5M11.5 5.5 14 8l-2.5 2.5',
  send: 'M13.8 2.2 7 9M13.8 2.2 9.5 13.5 7 9 2.5 6.5z',
  'no-texts': 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM3.8 3.8l8.4 8.4',
  bolt: 'M8.7 1.8 3.5 9h4l-.7 5.2L12.5 7h-4z',
  wifi: 'M2 6.5a9 9 0 0 1 12 0M4.3 9a5.5 5.5 0 0 1 7.4 0M6.6 11.3a2.2 2.2 0 0 1 2.8 0M8 13.3v.01',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it means is always said in words beside it. */
export function icon(name: IconName): VNode {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} />
  </svg>`;
}
