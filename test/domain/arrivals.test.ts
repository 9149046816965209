import { describe, expect, it } from 'vitest';
import { type Arrival, arrivalWords } from '../../ui/inbox/aloud/arrival-words.ts';

function from(who: string, body = 'Hello', isOpened = false): Arrival {
  return { conversationId: who, who, body, isOpened };
}

describe('texts that come in are read out', () => {
  it('by who wrote, and with their words only where the conversation is on screen', () => {
    expect(arrivalWords([from('Rosa')])).toBe('New text from Rosa');
    expect(arrivalWords([from('Rosa', 'Is Monday possible?', true)])).toBe(
      'New text from Rosa: Is Monday possible?',
    );
  });

  it('not whole where they are long', () => {
    const words = arrivalWords([from('Rosa', 'I have been waiting since nine. '.repeat(40), true)]);
    expect(words.length).toBeLessThan(190);
    expect(words).toMatch(/^New text from Rosa: I have .*[a-z.]…$/);
    expect(arrivalWords([from('Rosa', 'x'.repeat(1600), true)]).length).toBeLessThan(190);
  });

  it('counted where several come at once', () => {
    expect(arrivalWords([from('Rosa'), from('Rosa')])).toBe('2 new texts from Rosa');
    expect(arrivalWords([from('Rosa'), from('Li'), from('Rosa')])).toBe('3 new texts from Rosa and Li');
    expect(arrivalWords([from('Rosa'), from('Li'), from('Ana')])).toBe(
      '3 new texts from Rosa, Li and one other',
    );
    expect(arrivalWords(['a', 'b', 'c', 'd'].map((who) => from(who)))).toBe(
      '4 new texts from a, b and 2 others',
    );
    expect(arrivalWords([from('Rosa'), from('Li', 'Thank you', true)])).toBe(
      '2 new texts from Rosa and Li. From Li: Thank you',
    );
  });

  it('without words where there are none but a picture', () => {
    expect(arrivalWords([from('Rosa', '', true)])).toBe('New text from Rosa');
  });
});
