import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import type { TextIn } from '../../src/domain/calls/firing.ts';
import { emptyData } from '../empty-data.ts';
import { conversationOf, firing, messagesOf, textIn } from './firing.ts';

const TEXT = { en: 'We are closed. We will answer on Monday.', es: 'Estamos cerrados.' };
const closed = (since: number): Pick<TextIn, 'afterHours'> => ({
  afterHours: { text: TEXT, closedSince: since },
});

beforeEach(async () => {
  await emptyData();
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'c-1' });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function automatic(): Promise<string[]> {
  const messages = await messagesOf(conversationOf());
  return messages.filter(({ kind }) => kind === 'automatic').map(({ body }) => body);
}

describe('the after-hours reply', () => {
  it('is sent once in each closed period, and never while it is open', async () => {
    await conversationOf().receive(textIn('Are you there?', closed(1)));
    await conversationOf().receive(textIn('Hello?', closed(1)));
    await conversationOf().receive(textIn('Good morning'));
    expect(await automatic()).toEqual([TEXT.en]);
    await conversationOf().receive(textIn('Me again', closed(2)));
    expect(await automatic()).toEqual([TEXT.en, TEXT.en]);
  });

  it('comes in the language of the conversation', async () => {
    await conversationOf().fire(firing({ language: 'es-MX', text: 'Hola' }));
    await conversationOf().receive(textIn('¿Están abiertos?', closed(1)));
    expect(await automatic()).toEqual(['Hola', TEXT.es]);
  });

  it('does not answer for staff: the caller still waits', async () => {
    await conversationOf().receive(textIn('Are you there?', closed(1)));
    const published = await conversationOf().published(1);
    expect(published?.summary).toMatchObject({
      waitingSince: expect.any(Number),
      last: { snippet: 'Are you there?' },
    });
  });

  it('never goes to a machine, nor to who opted out, nor on top of the answer to a keyword', async () => {
    await conversationOf().receive(
      textIn('Automatic reply: I am out of the office until Monday.', closed(1)),
    );
    expect(await automatic()).toEqual([]);
    await conversationOf().receive(textIn('help', closed(1)));
    await conversationOf().receive(textIn('stop', closed(1)));
    expect(await automatic()).toHaveLength(2);
    await conversationOf().receive(textIn('Are you there?', closed(1)));
    expect(await automatic()).toHaveLength(2);
  });
});
