import * as z from 'zod';

/** What is wrong with a field, for people, after its name. Schemas that say it themselves go before. */
export function plainFault(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return expectedOf(issue.expected, issue.input);
  if (issue.code === 'invalid_value') return `use ${issue.values.map(String).join(' or ')}.`;
  if (issue.code === 'too_big' && issue.origin === 'string') return `at most ${issue.maximum} characters.`;
  if (issue.code === 'unrecognized_keys') return `leave out ${plainNames(issue.keys)}: it is not known here.`;
  if (issue.code === 'invalid_format' && issue.format === 'uuid') return 'it has to be a UUID.';
  return undefined;
}

function expectedOf(expected: string, input: unknown): string {
  return input === undefined ? 'it is missing.' : `it has to be ${KINDS[expected] ?? expected}.`;
}

/** Only what can be the name of a field is repeated. */
function plainNames(keys: readonly string[]): string {
  const names = keys.filter((key) => /^[a-z]{1,40}$/i.test(key)).slice(0, 3);
  return names.length > 0 ? names.join(', ') : 'what else it has';
}

const KINDS: Partial<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

z.config({ customError: plainFault });
