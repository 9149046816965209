/** All phone systems, and the one way in: whose request it is, and what it says. */
import { amazonConnect } from './amazon-connect.ts';
import { anyOther } from './any-other.ts';
import { asterisk } from './asterisk.ts';
import { dialpad } from './dialpad.ts';
import { five9 } from './five9.ts';
import { freepbx } from './freepbx.ts';
import { genesysCloud } from './genesys-cloud.ts';
import { gotoConnect } from './goto-connect.ts';
import { jambonz } from './jambonz.ts';
import type { PhoneSystem } from './phone-system.ts';
import type { Field, TriggerRequest } from './reading.ts';
import { readAnything } from './reading-anything.ts';
import type { Recipe, RecipeOrder } from './recipe.ts';
import { ringcentral } from './ringcentral.ts';
import { threeCx } from './three-cx.ts';
import { twilioStudio } from './twilio-studio.ts';
import { twilioVoice } from './twilio-voice.ts';
import { yeastar } from './yeastar.ts';
import { zoomPhone } from './zoom-phone.ts';

/** In the order in which they are shown, and in which a request is tried: Five9 before Genesys and 3CX before Yeastar, which are less particular. */
export const PHONE_SYSTEMS: readonly PhoneSystem[] = [
  gotoConnect,
  asterisk,
  freepbx,
  threeCx,
  yeastar,
  five9,
  genesysCloud,
  amazonConnect,
  twilioVoice,
  twilioStudio,
  ringcentral,
  zoomPhone,
  dialpad,
  jambonz,
  anyOther,
];

const byId = new Map<string, PhoneSystem>(PHONE_SYSTEMS.map((system) => [system.id, system]));

export function phoneSystem(id: string): PhoneSystem | null {
  return byId.get(id) ?? null;
}

/**
 * `named` is the id that the trigger says, if it does. Whose shape a request plainly has reads it all the same:
 * where a trigger names the wrong phone system, somebody else in the event might be taken for the caller.
 */
export function readRequest(named: string | null, fields: readonly Field[], now: number): TriggerRequest {
  const said = phoneSystem(named ?? '');
  const reader = said?.isMine(fields) ? said : PHONE_SYSTEMS.find(({ isMine }) => isMine(fields));
  if (reader !== undefined) return { system: reader.id, ...reader.read(fields, now) };
  return { system: said?.id ?? 'any-other', ...readAnything(fields, now) };
}

/** One for each phone system, with the trigger's own address in it. */
export function recipesFor(order: RecipeOrder): Recipe[] {
  return PHONE_SYSTEMS.map((system) => system.recipe(order));
}
