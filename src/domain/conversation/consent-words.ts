/** What callers text about being texted. Sources: CTIA's and the carriers' keyword lists, 47 CFR 64.1200(a)(10). */

const OPT_OUT = new Set([
  'STOP',
  'STOPALL',
  'STOP ALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'OPT OUT',
]);
const OPT_IN = new Set(['START', 'UNSTOP']);
const HELP = new Set(['HELP', 'INFO']);

/** `confirm` is a yes, which opts in only who is opted out. */
export type Keyword = 'opt-out' | 'opt-in' | 'confirm' | 'help';

/** A keyword only counts where it is the whole message; case, and what surrounds it, do not matter. */
export function keywordIn(body: string): Keyword | null {
  const word = wordIn(body);
  if (OPT_OUT.has(word)) return 'opt-out';
  if (OPT_IN.has(word)) return 'opt-in';
  if (HELP.has(word)) return 'help';
  return word === 'YES' ? 'confirm' : null;
}

/** Patients also cancel appointments with it, so a person should look. */
export function isAmbiguousOptOut(body: string): boolean {
  return wordIn(body) === 'CANCEL';
}

function wordIn(body: string): string {
  return body
    .slice(0, 200)
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/\s+/g, ' ')
    .toUpperCase();
}

const TEXTING = '(?:text(?:ing|s)?|messag(?:e|es|ing)|sms|contact(?:ing)?)';

/** Plain wordings that a person would take for a wish to get no more texts. "I can't stop coughing" is none. */
const WISHES = [
  new RegExp(
    `\\b(?:stop|quit)\\s+(?:the\\s+|these\\s+|all\\s+|sending\\s+(?:me\\s+)?|with\\s+the\\s+)*${TEXTING}`,
    'i',
  ),
  new RegExp(
    `\\b(?:do\\s?n[o']?t|do\\s+not|never|please\\s+no)\\s+(?:ever\\s+)?(?:send\\s+(?:me\\s+)?(?:any\\s+)?(?:more\\s+)?)?${TEXTING}`,
    'i',
  ),
  new RegExp(`\\bno\\s+more\\s+${TEXTING}`, 'i'),
  // With a word or two of politeness beside it, and nothing else.
  /^\W*(?:please\W+|ok\W+)*stop(?:\W+(?:please|it|all|thanks|thank\s+you))+\W*$/i,
  /^\W*(?:please|ok)\W+stop\W*$/i,
  /^\W*(?:alto|basta|parar)(?:\W+por\s+favor)?\W*$/i,
  /\b(?:remove|delete|take)\s+(?:me|my\s+(?:name|number))\s+(?:off|from|out)\b/i,
  /\bremove\s+(?:me|my\s+number)\b/i,
  /\bunsubscribe\b/i,
  /\bopt(?:ing)?[\s-]?(?:me\s+)?out\b/i,
  /\bwrong\s+(?:number|person)\b(?!\s+of)/i,
  /\bleave\s+me\s+alone\b/i,
  /\bno\s+m[aá]s\s+(?:mensajes|textos|sms)\b/i,
  /\bno\s+(?:me\s+)?(?:env[ií]en?|mand(?:e|en)|escrib(?:a|an))\b/i,
  /\b(?:deja|deje|dejen|para|pare|paren)\s+de\s+(?:escribir|mandar|enviar|textear)/i,
  /\bn[uú]mero\s+equivocado\b/i,
  /\b(?:qu[ií]te(?:n)?me|b[oó]rre(?:n)?me|elim[ií]ne(?:n)?me)\b/i,
] as const;

/** Never acted upon by itself: it is put to staff, who record it with one tap. */
export function mayWishToOptOut(body: string): boolean {
  const text = body.slice(0, 500).replace(/[’‘]/g, "'");
  return WISHES.some((wish) => wish.test(text));
}
