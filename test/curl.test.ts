import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlOf } from '../src/domain/activity/curl.ts';

/** What a shell makes of the command, word by word. */
function wordsOf(command: string): string[] {
  const output = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

const text = fc.string({ unit: fc.constantFrom(...`ab1'"\\$\`&;|<>(){}[]*?!#~%@ \n\t\u00e9\u{1f600}`) });

describe('a request as a curl command', () => {
  it('comes out of a shell as it went in, whatever is in it', () => {
    fc.assert(
      fc.property(text, text, text, (query, contentType, body) => {
        const url = 'https://offhook.example/hooks/demo/abandoned-call/lake…';
        expect(wordsOf(curlOf({ method: 'POST', query, contentType, body }, url))).toEqual([
          'curl',
          '--globoff',
          '--request',
          'POST',
          '--header',
          `Content-Type: ${contentType}`,
          ...(body === '' ? [] : ['--data-raw', body]),
          '--url',
          query === '' ? url : `${url}?${query}`,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('of a plain GET is as short as can be', () => {
    const plain = { method: 'GET', query: 'CALLER_ID_NUMBER=2062020123', contentType: null, body: '' };
    expect(curlOf(plain, 'https://offhook.example/x')).toBe(
      "curl --globoff --url 'https://offhook.example/x?CALLER_ID_NUMBER=2062020123'",
    );
  });
});
