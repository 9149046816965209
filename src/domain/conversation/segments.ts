/** How a text is cut into the segments that a carrier charges for (GSM 03.38, GSM 03.40). */

const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENSION = '\f^{}\\[~]|€';

const UNITS = new Map<string, number>([
  ...[...GSM_BASIC].map((character) => [character, 1] as const),
  ...[...GSM_EXTENSION].map((character) => [character, 2] as const),
]);

const CAPACITY = {
  'GSM-7': { alone: 160, joined: 153 },
  'UCS-2': { alone: 70, joined: 67 },
} as const;

export interface Segments {
  encoding: keyof typeof CAPACITY;
  /** What the text takes up: septets in GSM-7 (extension characters take two), UTF-16 units in UCS-2. */
  units: number;
  /** 0 for the empty text. */
  count: number;
  /** The first character that GSM-7 lacks, and so the one that makes every character cost more. */
  costly: string | null;
}

export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const costly = characters.find((character) => !UNITS.has(character)) ?? null;
  const encoding = costly === null ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((character) =>
    costly === null ? (UNITS.get(character) ?? 1) : character.length,
  );
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, joined } = CAPACITY[encoding];
  return { encoding, units, count: units <= alone ? Math.min(units, 1) : pack(sizes, joined), costly };
}

/** A character of two units is never cut in half, so a segment may stay one unit short. */
function pack(sizes: number[], capacity: number): number {
  let count = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      count += 1;
      used = 0;
    }
    used += size;
  }
  return count;
}
