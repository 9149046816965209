import type { CarrierName } from '../../../src/domain/calls/firing.ts';

export const CARRIER_WORDS: Record<CarrierName, { label: string; help: string }> = {
  simulator: {
    label: 'Simulated phones',
    help: 'Texts reach the handset on this site and nobody else. For trying everything out.',
  },
  twilio: { label: 'Twilio', help: 'A number of your Twilio account.' },
  telnyx: { label: 'Telnyx', help: 'A number of your Telnyx account.' },
  kannel: { label: 'Kannel', help: 'Your own gateway to the phone network.' },
};

/** Where what has to be pasted is pasted. */
export const PASTE_WORDS: Record<CarrierName, Record<'texts' | 'calls', string>> = {
  simulator: { texts: '', calls: '' },
  twilio: {
    texts: 'Twilio console, the number, Messaging: “A message comes in”, webhook, HTTP POST.',
    calls: 'The same number, Voice: “A call comes in”, webhook, HTTP POST.',
  },
  telnyx: {
    texts: 'Telnyx portal, the messaging profile of the number: webhook, API version 2.',
    calls: 'A TeXML application with this webhook and the voice method POST; assign the number to it.',
  },
  kannel: {
    texts: 'kannel.conf, group sms-service: get-url. Write KANNEL_CALLBACK_TOKEN where it says TOKEN.',
    calls: '',
  },
};
