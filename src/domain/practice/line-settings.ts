import type { CarrierName, Line } from '../calls/firing.ts';

/** What a carrier said when it was asked whether it knows us, in words for people. */
export interface CarrierCheck {
  isGood: boolean;
  words: string;
}

/** A line as those see it who set it up. */
export interface LineSettings extends Line {
  /** E.164; where calls to the line are forwarded. */
  mainNumber: string | null;
  version: number;
  retiredAt: number | null;
  /** Null: never asked with the carrier that it has now. */
  carrierCheck: (CarrierCheck & { at: number }) | null;
  /** When a webhook last brought a text, exact to the day; null: never with this carrier. */
  textInAt: number | null;
}

/** A carrier that a line could have, and what is still to be done outside Offhook. */
export interface CarrierOffer {
  name: CarrierName;
  /** Of the deployment's settings, by name only. */
  missing: string[];
  /** What to paste at the carrier. */
  addresses: { what: 'texts' | 'calls'; method: 'GET' | 'POST'; url: string }[];
  canLookUpLineType: boolean;
}
