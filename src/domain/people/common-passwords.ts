/**
 * What everybody tries first, also where it had to be made longer: a common word with a number behind it, two in a
 * row, one again and again, a run of keys. A list of whole passwords would miss most of these, and weigh more.
 */

const WORDS = new Set(
  `aaa abc access account admin administrator alexander amanda america andrew angel anthony apple ashley asdf asdfgh
  august austin autumn babygirl bailey banana baseball basketball batman blink buster butterfly california change
  changeme charlie cheese chelsea chicago chocolate christmas clinic coffee computer cookie correct cowboy dallas
  daniel december default demo diamond doctor dolphin dragon eagle elizabeth family february flower football forever
  freedom friday friend george ginger golden google guest hannah harley health hello hockey home horse hospital hunter
  iloveyou internet jackson january jasmine jennifer jessica jesus jordan joshua july june justin killer knight
  ladybug lakers letmein liberty login london love lovely maggie manager march martin master matrix matthew medical
  merlin michael michelle midnight miller money monday monkey morgan mother mustang nicole november nurse october
  offhook office online orange password patient patrick peanut pepper phone pokemon practice princess private purple
  qazwsx qwer qwert qwerty qwertyuiop rainbow ranger reception robert samantha samsung secret secure september server
  shadow silver soccer softball spring staff starwars summer sunday sunshine superman system taylor temp temporary
  test tester testing thomas thunder tigger trustno user victoria weekend welcome whatever william windows winter
  work yankees yellow zaq zxcvbn zxcvbnm`.split(/\s+/),
);

/** Runs of keys and of the alphabet, read in both directions. */
const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
].flatMap((run) => [run, [...run].reverse().join('')]);

const PHRASES = new Set(['correcthorsebatterystaple', 'ihatepasswords', 'thisismypassword', 'mypassword']);

/** `own` are words that anybody knows who knows whose password it is. */
export function isCommonPassword(password: string, own: readonly string[]): boolean {
  const plain = password
    .toLowerCase()
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return [plain, unit(plain)].some((one) => isRun(one) || isWords(one, own)) || new Set(plain).size < 4;
}

/** "abc1abc1abc1" is "abc1". */
function unit(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const head = text.slice(0, length);
    if (head.repeat(Math.ceil(text.length / length)).startsWith(text)) return head;
  }
  return text;
}

/** Also one with a year or the like behind it. */
function isRun(text: string): boolean {
  return [text, text.replace(/\d{1,4}$/, '')].some(
    (one) => one.length > 2 && RUNS.some((run) => run.includes(one)),
  );
}

/** Nothing but numbers, or at most two common words with numbers around them or in the place of letters. */
function isWords(text: string, own: readonly string[]): boolean {
  const isWord = (word: string) => WORDS.has(word) || PHRASES.has(word) || own.includes(word);
  return [text, plainLetters(text)].some((spelled) => {
    const core = spelled.replace(/\d+/g, '');
    if (core === '' || isWord(core)) return true;
    return [...core].some((_, at) => at > 0 && isWord(core.slice(0, at)) && isWord(core.slice(at)));
  });
}

/** "pa55w0rd12" is "password". */
function plainLetters(text: string): string {
  const letters: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' };
  return text.replace(/^\d+|\d+$/g, '').replace(/[013457]/g, (digit) => letters[digit] ?? digit);
}
