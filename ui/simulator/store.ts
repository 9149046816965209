import { computed, signal } from '@preact/signals';
import type { HandsetMessage } from '../../src/domain/conversation/handset.ts';
import { momentOf } from './call.ts';
import { numberInAddress, randomNumber } from './number.ts';
import { isSoundWanted } from './preferences.ts';
import { initialState, type State } from './state.ts';

export const state = signal<State>(
  initialState(numberInAddress(location.search) ?? randomNumber(), isSoundWanted()),
);

/** The only way the state changes: by one of the named steps of state.ts. */
export function change<Details extends unknown[]>(
  step: (state: State, ...details: Details) => State,
  ...details: Details
): void {
  state.value = step(state.peek(), ...details);
}

/** Ticks fast during a call, slowly otherwise. */
export const now = signal(Date.now());

/** What a screen reader is told. */
export const announcement = signal('');

/** The phone shakes while this is true. */
export const isBuzzing = signal(false);

export const call = computed(() => state.value.call);
export const moment = computed(() => (call.value ? momentOf(call.value, now.value) : null));

/** Texts with each line, the line with the newest first. */
export const threads = computed(() => {
  const byLine = new Map<string, HandsetMessage[]>();
  for (const message of state.value.messages ?? []) {
    const line = message.direction === 'received' ? message.from : message.to;
    byLine.set(line, [...(byLine.get(line) ?? []), message]);
  }
  return [...byLine]
    .map(([line, messages]) => ({ line, messages, last: messages.at(-1) }))
    .sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0));
});

export const lines = computed(() => (state.value.lines.is === 'ready' ? state.value.lines.lines : []));

/** What any line can be called in; English first, as the phone starts in it. */
export const languages = computed(() => {
  const all = lines.value.flatMap(({ triggers }) => triggers.map(({ language }) => language));
  return [...new Set(all)].sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b));
});

export function nameOf(line: string): string {
  return lines.value.find(({ number }) => number === line)?.practiceName ?? line;
}
