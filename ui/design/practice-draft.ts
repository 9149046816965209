import type { PracticeProfile } from '../../src/domain/practice/practice-profile.ts';
import { formatNumber } from './format.ts';
import type { PracticeDraft } from './practice-fields.ts';
import { zoneFrom, zoneName } from './zone-field.ts';

type Profile = Pick<PracticeProfile, 'name' | 'kind' | 'timeZone' | 'mainNumber'>;

/** A new one is most likely where the person is who makes it. */
export function newDraft(): PracticeDraft {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { name: '', kind: 'clinic', timeZone: zoneName(here), mainNumber: '' };
}

export function draftOf({ name, kind, timeZone, mainNumber }: Profile): PracticeDraft {
  return {
    name,
    kind,
    timeZone: zoneName(timeZone),
    mainNumber: mainNumber === null ? '' : formatNumber(mainNumber),
  };
}

/** What is sent, or what has to be put right first, by the id of the field. */
export function readDraft(draft: PracticeDraft): { profile: Profile } | { faults: Record<string, string> } {
  const faults: Record<string, string> = {};
  if (draft.name.trim() === '') faults['practice-name'] = 'Give it a name.';
  const timeZone = zoneFrom(draft.timeZone);
  if (timeZone === null)
    faults['practice-zone'] = 'There is no such time zone. Choose one of the list, such as America/New York.';
  if (timeZone === null || Object.keys(faults).length > 0) return { faults };
  const { name, kind, mainNumber } = draft;
  return {
    profile: { name: name.trim(), kind, timeZone, mainNumber: mainNumber.trim() || null },
  };
}
