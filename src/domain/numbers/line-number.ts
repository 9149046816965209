import { readCaller } from './phone-number.ts';

/** A number that belongs to the practice, as somebody typed it. `words` say what is wrong and what to do. */
export type OwnNumber = { is: 'number'; number: string } | { is: 'fault'; words: string };

const UNREADABLE = 'write a US phone number with its area code, such as (206) 202-0123.';

/** What texts go out from: also a toll-free number, which carriers let text once they have verified it. */
export function readLineNumber(typed: string): OwnNumber {
  const read = readCaller(typed);
  switch (read.kind) {
    case 'textable':
      return { is: 'number', number: read.number };
    case 'withheld':
    case 'unreadable':
      return fault(UNREADABLE);
    case 'not-textable':
      switch (read.why) {
        case 'toll-free':
          return ours(typed);
        case 'premium':
          return fault('premium numbers cannot text. Use a local or toll-free one.');
        case 'fictional':
          return fault('this is one of those kept for films and examples: no carrier has it.');
        case 'foreign':
          return fault('only US and Canadian numbers can be lines.');
      }
  }
}

/** Where calls go. Nobody can be called at a fictional one, which is good enough for trying it out. */
export function readMainNumber(typed: string, { isReal }: { isReal: boolean }): OwnNumber {
  const read = readCaller(typed);
  if (read.kind === 'not-textable' && read.why === 'fictional' && !isReal) return ours(typed);
  return readLineNumber(typed);
}

function ours(typed: string): OwnNumber {
  const national = /(\d{10})$/.exec(typed.replace(/\D/g, ''))?.[1];
  return national === undefined ? fault(UNREADABLE) : { is: 'number', number: `+1${national}` };
}

function fault(words: string): OwnNumber {
  return { is: 'fault', words };
}
