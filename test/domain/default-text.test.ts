import { describe, expect, it } from 'vitest';
import { DEFAULT_TEXT_LANGUAGES, defaultText } from '../../src/domain/triggers/default-text.ts';
import { firstTextFault } from '../../src/domain/triggers/first-text.ts';
import { MAX_FIRST_TEXT_LENGTH, USE_CASES } from '../../src/domain/triggers/use-case.ts';

const NAME = 'Lakeside Family & Community Health Clinic';

describe.each(DEFAULT_TEXT_LANGUAGES)('the default texts in %s', (language) => {
  it.each(USE_CASES)('name the practice and fit, even with a long name: %s', (useCase) => {
    const text = defaultText(useCase, language, NAME);
    expect(text).toContain(NAME);
    expect(text.length).toBeLessThanOrEqual(MAX_FIRST_TEXT_LENGTH);
  });

  it.each(USE_CASES)('fit with the longest name that a practice can have: %s', (useCase) => {
    const text = defaultText(useCase, language, 'N'.repeat(100));
    expect(firstTextFault(text)).toBeNull();
    expect(text).toContain('N'.repeat(100));
  });

  it('tell who never asked for a text how to end it', () => {
    expect(defaultText('abandoned-call', language, NAME)).toContain('STOP');
  });
});
