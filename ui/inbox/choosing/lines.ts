/** The lines of the practice, asked for once it is of use to somebody. */
import { computed, effect, signal } from '@preact/signals';
import { practicePath, request } from '../api.ts';
import { conversations, practiceId } from '../store.ts';

const asked = signal<ReadonlyMap<string, string>>(new Map());

/** Also of lines that are in use no more, where a conversation that is here has one. */
export const lineNames = computed<ReadonlyMap<string, string>>(
  () =>
    new Map([
      ...[...conversations.value.values()].map(({ line }) => [line.id, line.name] as const),
      ...asked.value,
    ]),
);

effect(() => {
  const practice = practiceId.value;
  asked.value = new Map();
  if (practice !== null) void loadLines(practice);
});

async function loadLines(practice: string): Promise<void> {
  const answer = await request<{ lines: { id: string; name: string }[] }>(
    'GET',
    `${practicePath(practice)}/lines`,
  );
  if (answer.ok && practice === practiceId.peek())
    asked.value = new Map(answer.value.lines.map(({ id, name }) => [id, name]));
}
