/** A patient of the directory whom a search found, and what this practice has written with them. */
export interface FoundPatient {
  id: string;
  name: string;
  practice: { id: string; name: string };
  /** In their order; `conversations` are those of this practice with callers of that number. */
  numbers: { number: string; conversations: string[] }[];
}
