import type { PhoneSystemId } from '../domain/triggers/phone-system-id.ts';
import type { Field, TriggerRequest } from './reading.ts';
import type { Recipe, RecipeOrder } from './recipe.ts';

/** One phone system: how its requests are told from others', how they are read, and how it is set up. */
export interface PhoneSystem {
  id: PhoneSystemId;
  /** As its maker writes it. */
  name: string;
  /** By the shape alone, and never by what others send too. */
  isMine(fields: readonly Field[]): boolean;
  /** Only what is its own; everything else is read as anybody's would be. */
  read(fields: readonly Field[], now: number): Omit<TriggerRequest, 'system'>;
  recipe(order: RecipeOrder): Recipe;
  /** It stops calling for good after some answers that are not 200, so refusals are told in the body only. */
  takesOnly200?: true;
}
