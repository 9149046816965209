import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHONE_SYSTEM_IDS } from '../../src/domain/triggers/phone-system-id.ts';
import { USE_CASES } from '../../src/domain/triggers/use-case.ts';
import { recipesFor } from '../../src/phone-systems/phone-systems.ts';
import { literal, oneLine, plainUrl } from '../../src/phone-systems/quoting.ts';
import type { Recipe, RecipeOrder, Snippet } from '../../src/phone-systems/recipe.ts';

const URL_OF_TRIGGER = 'https://texts.clinic.example/hooks/live/call-to-text/tok_en-1';
const ORDER: RecipeOrder = {
  url: URL_OF_TRIGGER,
  practiceName: 'Lakeside Family Clinic',
  useCase: 'call-to-text',
  language: 'en',
};

function all(order: Partial<RecipeOrder> = {}): Recipe[] {
  return USE_CASES.flatMap((useCase) => recipesFor({ ...ORDER, useCase, ...order }));
}

function snippetsOf(recipe: Recipe): Snippet[] {
  if (recipe.kind === 'not-possible') return [];
  return recipe.steps.flatMap(({ snippet }) => (snippet === null ? [] : [snippet]));
}

function wordsOf(recipe: Recipe): string[] {
  if (recipe.kind === 'not-possible') return [recipe.why, ...recipe.unconfirmed];
  return [
    recipe.how,
    recipe.youShouldSee,
    ...recipe.steps.map(({ text }) => text),
    ...recipe.advice,
    ...recipe.unconfirmed,
  ];
}

describe('recipes', () => {
  it('are there for every phone system, and tell why where it cannot be done', () => {
    for (const useCase of USE_CASES) {
      const systems = recipesFor({ ...ORDER, useCase }).map(({ system }) => system);
      expect(systems.toSorted()).toEqual([...PHONE_SYSTEM_IDS].toSorted());
    }
    const possible = new Set(all().flatMap(({ kind, system }) => (kind === 'recipe' ? [system] : [])));
    expect([...possible].toSorted()).toEqual([...PHONE_SYSTEM_IDS].toSorted());
  });

  it('hold the address of the trigger, whole', () => {
    const without = all().filter(
      (recipe) =>
        recipe.kind === 'recipe' && !snippetsOf(recipe).some(({ text }) => text.includes(URL_OF_TRIGGER)),
    );
    expect(without).toEqual([]);
  });

  it('are short, in whole sentences, and say how it is tried out', () => {
    for (const recipe of all()) {
      for (const words of wordsOf(recipe)) {
        expect(words, recipe.system).toMatch(/^[A-Z“].*[.:?]$/s);
        expect(words.length, words).toBeLessThan(420);
      }
      if (recipe.kind === 'not-possible') continue;
      expect(recipe.steps.length, recipe.system).toBeGreaterThanOrEqual(3);
      expect(recipe.steps.length, recipe.system).toBeLessThanOrEqual(9);
      expect(recipe.advice.length, recipe.system).toBeGreaterThan(0);
    }
  });

  it('advise on the waiting time, the key and the call-back where callers press one', () => {
    for (const recipe of recipesFor(ORDER)) {
      if (recipe.kind === 'recipe') expect(recipe.advice.join(' ')).toMatch(/30 seconds.*key 5.*90 seconds/);
    }
  });

  it('speak to callers in the language of the trigger', () => {
    const offers = recipesFor({ ...ORDER, language: 'es-US' }).flatMap(snippetsOf);
    expect(offers.some(({ text }) => text.includes('pulse 5'))).toBe(true);
    expect(offers.some(({ text }) => text.includes('press 5.'))).toBe(false);
  });

  it('hold JSON that is JSON, also inside a command', () => {
    const hostile = { practiceName: `Dr. O'Neil & "Sons" \\ </Say> \u2028` };
    for (const { language, text } of all(hostile).flatMap(snippetsOf)) {
      if (language === 'json') expect(() => JSON.parse(text), text).not.toThrow();
      const [, data] = /-d '(\{.*\})'$/s.exec(text) ?? [];
      if (data !== undefined) expect(() => JSON.parse(data), text).not.toThrow();
    }
  });
});

describe('whatever a practice is called', () => {
  const names = fc.oneof(
    fc.constantFrom(
      `x"); process.exit(1); ("`,
      "'; rm -rf ~; '",
      '\nexten => s,1,System(id)\n',
      '</script><script>',
      `\${CALLERID(num)}`,
      '`id`',
      '\u2028\u2029',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  );

  const shells = all()
    .flatMap(snippetsOf)
    .flatMap(({ language, text }) => (language === 'shell' ? [text] : []));

  it('its name stays a name in the language of each snippet', () => {
    fc.assert(
      fc.property(names, (practiceName) => {
        for (const { language, text } of all({ practiceName }).flatMap(snippetsOf)) {
          const lines = text.split('\n');
          switch (language) {
            case 'json':
              expect(() => JSON.parse(text)).not.toThrow();
              break;
            case 'dial-plan':
              // Only in comments, which end with their line.
              for (const line of lines) expect(line).toMatch(/^(?:;|\[[\w-]+\]$|exten => | same => n|$|\w)/);
              expect(lines.filter((line) => /^exten => /.test(line)).length).toBeLessThanOrEqual(2);
              break;
            case 'javascript':
              for (const [, said = ''] of text.matchAll(/\.say\((".*")\);$/gm))
                expect(typeof JSON.parse(said)).toBe('string');
              expect(text).not.toMatch(/[\u2028\u2029]|<\/script/i);
              break;
            case 'shell':
              // No name in it at all.
              expect(shells).toContain(text);
              break;
            case 'text':
              break;
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('quoting', () => {
  it('makes of an address one that means nothing to any language, and leads to the same place', () => {
    const odd = `https://h.example/a'b"c$(id)\`x\`{y}[z];w,v\\u|t<s>!*?q='1'&r=$2#f`;
    const plain = plainUrl(odd);
    expect(plain).toMatch(/^[A-Za-z0-9:/?&=._~%-]+$/);
    expect(decodeURIComponent(new URL(plain).pathname)).toBe(decodeURIComponent(new URL(odd).pathname));
    expect(plainUrl(URL_OF_TRIGGER)).toBe(URL_OF_TRIGGER);
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(plainUrl(url)).toMatch(/^https?:\/\/[A-Za-z0-9:/?&=._~%-]+$/);
      }),
    );
  });

  it('makes of any text a literal that is read back as that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(literal(text))).toBe(
          text.toWellFormed() === text ? text : JSON.parse(JSON.stringify(text)),
        );
        expect(literal(text)).not.toMatch(/[<\n\r\u2028\u2029]/);
        expect(oneLine(text)).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });
});
