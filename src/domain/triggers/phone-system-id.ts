/** The phone systems that have a reader and a recipe of their own; `any-other` serves all the rest. */
export const PHONE_SYSTEM_IDS = [
  'goto-connect',
  'asterisk',
  'freepbx',
  '3cx',
  'yeastar',
  'genesys-cloud',
  'amazon-connect',
  'twilio-studio',
  'twilio-voice',
  'ringcentral',
  'zoom-phone',
  'dialpad',
  'jambonz',
  'five9',
  'any-other',
] as const;
export type PhoneSystemId = (typeof PHONE_SYSTEM_IDS)[number];
