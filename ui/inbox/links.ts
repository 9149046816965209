export interface TextPart {
  text: string;
  isLink: boolean;
}

/**
 * Only what names its scheme, so that nothing is guessed; shown whole, and without what turns the direction of
 * letters around, so that nobody is misled.
 */
const LINK = /https?:\/\/[^\s<>"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const TRAILING = /[.,;:!?'’”»\])}]+$/;

/** Cuts a text into plain parts and links; joined again they are the text. */
export function linkParts(body: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of body.matchAll(LINK)) {
    const link = withoutTrailing(match[0]);
    if (!URL.canParse(link)) continue;
    if (match.index > from) parts.push({ text: body.slice(from, match.index), isLink: false });
    parts.push({ text: link, isLink: true });
    from = match.index + link.length;
  }
  if (from < body.length) parts.push({ text: body.slice(from), isLink: false });
  return parts;
}

/** "(see https://a.example/b)." ends before the bracket, "https://a.example/b_(c)" after it. */
function withoutTrailing(link: string): string {
  const bare = link.replace(TRAILING, '');
  return link.charAt(bare.length) === ')' && bare.includes('(') && !bare.includes(')') ? `${bare})` : bare;
}
