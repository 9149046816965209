import type { WrittenResponse } from '../../../src/domain/words/quick-response.ts';
import { languageName } from '../../design/format.ts';

export interface ResponseDifference {
  what: string;
  mine: string;
  theirs: string;
}

const NONE = 'not there';

/** Where mine and theirs are not the same, for people who have to choose between them. */
export function responseDifferences(mine: WrittenResponse, theirs: WrittenResponse): ResponseDifference[] {
  const languages = [...new Set([...Object.keys(mine.texts), ...Object.keys(theirs.texts)])];
  const all = [
    { what: 'Title', mine: mine.title, theirs: theirs.title },
    { what: 'Group', mine: mine.group, theirs: theirs.group },
    ...languages.map((language) => ({
      what: languageName(language),
      mine: mine.texts[language] ?? NONE,
      theirs: theirs.texts[language] ?? NONE,
    })),
  ];
  return all.filter((one) => one.mine !== one.theirs);
}
