import { expect, it } from 'vitest';
import { demoWords } from '../../ui/design/demo-words.ts';

const SIMULATED = { name: 'A', carrier: 'simulator' } as const;
const REAL = { name: 'B', carrier: 'twilio' } as const;

it('says that texts are simulated exactly where they are', () => {
  expect(demoWords([SIMULATED])).toContain('no real phone');
  expect(demoWords([REAL])).toBe('Texts reach real phones.');
  expect(demoWords([SIMULATED, REAL])).toContain('those of B reach real phones');
  expect(demoWords([])).not.toContain('simulated');
});
