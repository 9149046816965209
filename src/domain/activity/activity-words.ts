import type { ActivityOutcome, Check } from './activity.ts';
import type { ActivityFilter } from './activity-entry.ts';

/** What staff read about an outcome: that it happened, then what it means and what, if anything, there is to do. */
export interface OutcomeWords {
  /** On the chip; says by itself what became of the call. */
  chip: string;
  /** `stopped` is a text that was rightly not sent; `attention` is something that somebody should look at. */
  tone: 'sent' | 'waiting' | 'stopped' | 'attention';
  means: string;
}

export const OUTCOME_WORDS: Record<ActivityOutcome, OutcomeWords> = {
  texting: {
    chip: 'Texted',
    tone: 'sent',
    means: 'The caller was texted. Below is how far the text got.',
  },
  held: {
    chip: 'Text waits',
    tone: 'waiting',
    means: 'The text leaves at the time below, unless the caller gets through or writes first.',
  },
  cancelled: {
    chip: 'Text called off',
    tone: 'stopped',
    means: 'The text was waiting and was no longer needed. Nothing was sent, and nothing is left to do.',
  },
  withheld: {
    chip: 'Number withheld',
    tone: 'stopped',
    means:
      'The caller hides the number, so there is nowhere to text to. Your phone system can tell such callers to stay on the line.',
  },
  'not-textable': {
    chip: 'Cannot be texted',
    tone: 'stopped',
    means: 'Texts cannot reach this number. Where a person can be reached there, a call-back was opened.',
  },
  'trigger-off': {
    chip: 'Trigger is off',
    tone: 'attention',
    means: 'Nothing was sent because the trigger is switched off. A manager can switch it on.',
  },
  stale: {
    chip: 'Too late',
    tone: 'attention',
    means:
      'The phone system reported the call an hour or more after it happened, when a text would only puzzle. If this keeps happening, check why it is late.',
  },
  closed: {
    chip: 'Closed',
    tone: 'stopped',
    means: 'The practice was closed, and this trigger is set to do nothing then. A manager can change that.',
  },
  'dry-run': {
    chip: 'Dry run',
    tone: 'stopped',
    means: 'A test: everything was decided as for a real call, and nothing was sent.',
  },
  duplicate: {
    chip: 'Reported twice',
    tone: 'stopped',
    means: 'The phone system reported a call that was known already. It changed nothing.',
  },
  'same-journey': {
    chip: 'Same call',
    tone: 'stopped',
    means: 'Another trigger had been fired for this call before. One call gets one text.',
  },
  cooldown: {
    chip: 'Called again soon',
    tone: 'stopped',
    means:
      'An earlier call was texted a short while ago, so this one was only noted in the conversation. A manager can change how long that lasts.',
  },
  'live-conversation': {
    chip: 'Already texting',
    tone: 'stopped',
    means: 'The caller and staff were texting already. An automatic text would only have interrupted them.',
  },
  answered: {
    chip: 'Got through',
    tone: 'stopped',
    means: 'A person answered the call, so no text was needed.',
  },
  'other-event': {
    chip: 'Another event',
    tone: 'stopped',
    means:
      'The phone system told of something that is neither a hang-up nor a request for a text. It can stay as it is.',
  },
  'opted-out': {
    chip: 'Opted out',
    tone: 'attention',
    means: 'This caller does not want texts, so none was sent. A call-back was opened: call them.',
  },
  landline: {
    chip: 'Landline',
    tone: 'attention',
    means: 'A landline cannot get texts. A call-back was opened: call them.',
  },
  'unknown-trigger': {
    chip: 'Wrong address',
    tone: 'attention',
    means:
      'The request came to an address that does not fire this trigger, so nobody was texted. Copy the address again from the triggers page.',
  },
  'missing-caller': {
    chip: 'No number sent',
    tone: 'attention',
    means:
      'The request named no caller. Have the phone system send the number as CALLER_ID_NUMBER; the recipe on the triggers page shows how.',
  },
  'unreadable-caller': {
    chip: 'Not a phone number',
    tone: 'attention',
    means:
      'Something came as the caller’s number that cannot be one: an extension, or a variable that was not filled. Check that field in the phone system.',
  },
  'malformed-request': {
    chip: 'Not readable',
    tone: 'attention',
    means: 'The request could not be read. Check its format in the phone system: JSON or a form.',
  },
  'too-large': {
    chip: 'Too large',
    tone: 'attention',
    means: 'The request was larger than any phone system needs. Have it send the caller and little else.',
  },
  'wrong-media-type': {
    chip: 'Wrong format',
    tone: 'attention',
    means: 'The phone system sent something that is neither JSON nor a form. Change its content type.',
  },
  'wrong-method': {
    chip: 'Wrong method',
    tone: 'attention',
    means: 'The address takes GET and POST. Choose one of them in the phone system.',
  },
  'too-many-requests': {
    chip: 'Too many at once',
    tone: 'attention',
    means:
      'More requests came than real calls make, so these were turned away. Look for a loop in the phone system. If somebody has the address who should not, a manager can replace it.',
  },
  unavailable: {
    chip: 'Offhook was busy',
    tone: 'attention',
    means:
      'Offhook could not take this in and asked the phone system to send it again. See whether the same call follows.',
  },
  internal: {
    chip: 'Our mistake',
    tone: 'attention',
    means: 'Something went wrong in Offhook, and the caller was not texted. Call them, and tell support.',
  },
};

/** How a filter is named in the list of them. */
export function filterWords(filter: ActivityFilter): string {
  if (filter === 'no-text') return 'Led to no text';
  return filter === 'not-delivered' ? 'Text not delivered' : OUTCOME_WORDS[filter].chip;
}

/** What was looked at. */
export const CHECK_WORDS: Record<Check, string> = {
  address: 'Address',
  'pace-of-requests': 'Number of requests',
  request: 'Request',
  caller: 'Caller’s number',
  'own-number': 'Our own numbers',
  'do-not-text': 'Do-not-text list',
  'switched-on': 'Trigger on or off',
  'time-of-call': 'Time of the call',
  hours: 'Hours',
  'same-call': 'Reported before',
  'same-journey': 'Other triggers',
  'got-through': 'Got through',
  consent: 'Consent',
  'line-type': 'Kind of line',
  'live-conversation': 'Already texting',
  cooldown: 'Earlier calls',
  'dry-run': 'Dry run',
  hold: 'Waiting time',
  text: 'Text',
};
