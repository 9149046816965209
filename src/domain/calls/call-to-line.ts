import { readCaller } from '../numbers/phone-number.ts';

/** A call to the number of a line: people call back what texted them (B32). */
export interface CallToLine {
  /** As the carrier gives it: E.164, a SIP address, a word for "withheld", or nothing. */
  from: string;
  /** The line, E.164. */
  to: string;
  /** Who passed the call on to the line, where somebody did and the carrier says so. */
  forwardedFrom: string | null;
}

/** What is known about the line that was called. */
export interface CalledLine {
  practiceName: string;
  /** E.164. */
  mainNumber: string | null;
  /** The main number is one of our own lines, so that dialling it would lead back to us. */
  isMainNumberOurs: boolean;
}

/** What the caller gets. Numbers are E.164. */
export type CallAnswer =
  | { kind: 'forward'; to: string; callerId: string; ringSeconds: number }
  | { kind: 'say'; words: string };

/** Long enough for a practice's voice mail to pick up; Twilio and Telnyx would give up after 30 s. */
export const RING_SECONDS = 60;

const E164 = /^\+[1-9]\d{6,14}$/;

/** Goes on to the main number, unless there is none or the call would come back from there. */
export function answerToCall(call: CallToLine, line: CalledLine): CallAnswer {
  const { mainNumber } = line;
  const comesFromThere = call.from === mainNumber || call.forwardedFrom === mainNumber;
  if (mainNumber === null || line.isMainNumberOurs || mainNumber === call.to || comesFromThere) {
    return { kind: 'say', words: invitationToText(line.practiceName) };
  }
  return { kind: 'forward', to: mainNumber, callerId: shownNumber(call), ringSeconds: RING_SECONDS };
}

/** The caller's own, so that staff see who calls; the line's where there is none that may be shown. */
function shownNumber({ from, to }: CallToLine): string {
  return E164.test(from) && readCaller(from).kind !== 'withheld' ? from : to;
}

function invitationToText(practiceName: string): string {
  return `Thank you for calling ${practiceName}. This number takes text messages only. Please hang up and send a text to it, and our staff will answer you there. In an emergency, call 911.`;
}
