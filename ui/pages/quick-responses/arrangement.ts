import type { ResponseGroup } from '../../../src/domain/words/quick-response.ts';

/** Past the end of its group it goes into the next one. `isShown`: those that are not are skipped. */
export function movedResponse(
  groups: readonly ResponseGroup[],
  id: string,
  by: 1 | -1,
  isShown: (id: string) => boolean,
): ResponseGroup[] {
  const at = groups.findIndex(({ ids }) => ids.includes(id));
  const shown = (groups[at]?.ids ?? []).filter(isShown);
  const neighbour = shown[shown.indexOf(id) + by];
  if (neighbour !== undefined) return placedBefore(groups, id, { group: at, id: neighbour, isAfter: by > 0 });
  const group = at + by;
  const next = groups[group];
  if (next === undefined) return [...groups];
  const first = by > 0 ? (next.ids.find(isShown) ?? null) : null;
  return placedBefore(groups, id, { group, id: first, isAfter: false });
}

/** Next to another one, or at the end of a group where that is null. */
export function placedBefore(
  groups: readonly ResponseGroup[],
  id: string,
  place: { group: number; id: string | null; isAfter: boolean },
): ResponseGroup[] {
  return groups.map(({ name, ids }, index) => {
    const without = ids.filter((one) => one !== id);
    if (index !== place.group) return { name, ids: without };
    const at = place.id === null ? -1 : without.indexOf(place.id);
    const to = at === -1 ? without.length : at + (place.isAfter ? 1 : 0);
    return { name, ids: [...without.slice(0, to), id, ...without.slice(to)] };
  });
}

export function movedGroup(groups: readonly ResponseGroup[], index: number, by: 1 | -1): ResponseGroup[] {
  const group = groups[index];
  const without = groups.filter((_, at) => at !== index);
  if (group === undefined) return without;
  const to = Math.min(Math.max(index + by, 0), without.length);
  return [...without.slice(0, to), group, ...without.slice(to)];
}
