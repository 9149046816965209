import { withoutAccents } from './without-accents.ts';

/** What people and other systems write for a language, by its tag. */
const NAMES: Record<string, string> = {
  english: 'en',
  spanish: 'es',
  espanol: 'es',
  castilian: 'es',
  chinese: 'zh',
  mandarin: 'zh',
  cantonese: 'yue',
  vietnamese: 'vi',
  tagalog: 'tl',
  filipino: 'tl',
  arabic: 'ar',
  french: 'fr',
  korean: 'ko',
  russian: 'ru',
  'haitian creole': 'ht',
  haitian: 'ht',
  portuguese: 'pt',
  'brazilian portuguese': 'pt-BR',
  somali: 'so',
  persian: 'fa',
  farsi: 'fa',
  dari: 'fa-AF',
  ukrainian: 'uk',
  german: 'de',
  italian: 'it',
  polish: 'pl',
  japanese: 'ja',
  hindi: 'hi',
  punjabi: 'pa',
  urdu: 'ur',
  bengali: 'bn',
  amharic: 'am',
  swahili: 'sw',
  hmong: 'hmn',
  khmer: 'km',
  lao: 'lo',
  thai: 'th',
  burmese: 'my',
  nepali: 'ne',
  tigrinya: 'ti',
};

/** As BCP 47; null where it is none that we know. */
export function languageTag(written: string): string | null {
  const word = withoutAccents(written)
    .toLowerCase()
    .replace(/\(.*\)/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const named = NAMES[word] ?? NAMES[word.split(/[;,/]/)[0]?.trim() ?? ''];
  if (named !== undefined) return named;
  if (!/^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,3}$/.test(word)) return null;
  try {
    return Intl.getCanonicalLocales(word.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
