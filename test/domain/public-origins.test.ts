import { describe, expect, it } from 'vitest';
import { publicOrigins } from '../../src/domain/practice/public-origins.ts';

describe('PUBLIC_ORIGIN', () => {
  it.each<[string | undefined, ReturnType<typeof publicOrigins>]>([
    [undefined, { givenOut: null, all: [], unreadable: [] }],
    [' , ', { givenOut: null, all: [], unreadable: [] }],
    ['https://a.example', { givenOut: 'https://a.example', all: ['https://a.example'], unreadable: [] }],
    [
      'https://New.example/, http://old.example:8787/texts',
      {
        givenOut: 'https://new.example',
        all: ['https://new.example', 'http://old.example:8787'],
        unreadable: [],
      },
    ],
    // Nothing takes the place of the first: texts would go out with an address that nobody chose.
    [
      'new.example,https://old.example',
      { givenOut: null, all: ['https://old.example'], unreadable: ['new.example'] },
    ],
    [
      'https://a.example,javascript:1,*',
      { givenOut: 'https://a.example', all: ['https://a.example'], unreadable: ['javascript:1', '*'] },
    ],
  ])('as %j', (setting, origins) => {
    expect(publicOrigins(setting)).toEqual(origins);
  });
});
