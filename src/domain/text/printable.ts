// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/** Whether phones can show all of it: no control characters but line ends, no half characters. */
export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text) && text.isWellFormed();
}

/** Lines end in one way, and nothing invisible stands around it. */
export function tidyText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
