import { signal } from '@preact/signals';

/** The conversation that is being handed over; its dialog comes when it is first wanted. */
export const handingOver = signal<string | null>(null);

export function stopHandingOver(): void {
  handingOver.value = null;
}
