import { present, staff, staffId } from './store.ts';

export interface Colleague {
  id: string;
  name: string;
  isHere: boolean;
}

/** Everybody else whom a conversation can be given to: who is here first, then by name. */
export function colleagues(): Colleague[] {
  const here = new Set(present.value.map(({ id }) => id));
  return staff.value
    .filter(({ id }) => id !== staffId.value)
    .map(({ id, name }) => ({ id, name, isHere: here.has(id) }))
    .sort((a, b) => Number(b.isHere) - Number(a.isHere) || a.name.localeCompare(b.name));
}
