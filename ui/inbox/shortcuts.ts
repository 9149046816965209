/** What the dialog lists; keyboard.ts is what does it. */
export const SHORTCUTS: readonly (readonly [keys: string[], does: string])[] = [
  [['J', '↓'], 'Next conversation in the list'],
  [['K', '↑'], 'Previous conversation in the list'],
  [['Enter'], 'Open the conversation'],
  [['R'], 'Write a reply'],
  [['N'], 'Write a note'],
  [['E'], 'Mark done, or reopen'],
  [['/'], 'Search'],
  [['Esc'], 'Back to the list'],
  [['⌘ Enter', 'Ctrl Enter'], 'Send'],
  [['⇧ ⌘ Enter', '⇧ Ctrl Enter'], 'Send and mark done'],
  [['/'], 'In a reply: quick responses'],
  [['?'], 'Show these shortcuts'],
];
