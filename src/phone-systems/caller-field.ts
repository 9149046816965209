/** Finds the caller among the fields of a request, and never somebody else in it. */
import { endingsOf, type Field, textOf } from './reading.ts';

/** Under which names phone systems send the caller, the most explicit first. */
const CALLER_NAMES: readonly string[] = [
  'calleridnumber',
  'callerid',
  'calleridnum',
  'caller',
  'callernumber',
  'callernum',
  'callerphonenumber',
  'from',
  'fromphonenumber',
  'fromnumber',
  'ani',
  'callani',
  'phone',
  'phonenumber',
  'number',
  'msisdn',
  'externalnumber',
  'customerendpointaddress',
  'partiesfromphonenumber',
  'customerphonenumber',
  'contactphonenumber',
];

/** Inside something else these may be anybody's number, so every other name goes before them. */
const VAGUE_NAMES: readonly string[] = ['phone', 'phonenumber', 'number', 'msisdn'];

/** Inside these stands the number that was called, or that of somebody who works there. */
const CALLED_SIDE =
  /^to$|^(?:forward|transfer|called|callee|dialed|destination|dnis|did|internal|owner)|(?:agent|extension|recipient|target|systemendpoint)$/;

const NO_RANK = Number.POSITIVE_INFINITY;

/**
 * What stands under the best name that is there at all; null if none is. The same name twice: the first
 * that is not empty. But another name is no substitute for an empty one, which means that the caller is
 * withheld: the phone system may well know the number and pass it on under some name that is not for us.
 */
export function callerIn(fields: readonly Field[]): Field | null {
  let best = NO_RANK;
  let caller: Field | null = null;
  for (const field of fields) {
    const rank = rankOf(field.path);
    if (rank < best || (rank === best && caller !== null && textOf(caller.value).trim() === '')) {
      caller = field;
    }
    best = Math.min(best, rank);
  }
  return caller;
}

function rankOf(path: readonly string[]): number {
  let best = NO_RANK;
  for (const { name, outside } of endingsOf(path)) {
    const index = CALLER_NAMES.indexOf(name);
    if (index < 0 || outside.some((part) => CALLED_SIDE.test(part))) continue;
    // `caller: { id, number }`: there the id is not what phones call a caller id.
    const isObjectId = path.at(-1) === 'id';
    const isVague = isObjectId || (outside.length > 0 && VAGUE_NAMES.includes(name));
    best = Math.min(best, isVague ? CALLER_NAMES.length + index : index);
  }
  return best;
}
