/** What managers read about trouble with a line: what happened, since when, how often, and what to do. */
import type { CarrierName } from '../../src/domain/calls/firing.ts';
import type { PracticeAlarm } from '../../src/domain/inbox/practice-alarm.ts';
import { formatDay, formatTime, formatWeekdayTime } from '../design/format.ts';

export interface AlarmWords {
  title: string;
  what: string;
  toDo: string;
}

export function alarmWords(alarm: PracticeAlarm, now: number, timeZone: string): AlarmWords {
  const since = (at: number) => formatSince(at, now, timeZone);
  switch (alarm.kind) {
    case 'account':
      return alarm.detail === 'account' ? closedAccount(alarm, since) : takenForSpam(alarm, since);
    case 'signature':
      return wrongSignature(alarm, since);
    case 'recovered':
      return recovered(alarm, since);
  }
}

type Since = (at: number) => string;

function closedAccount({ line, carrier, count, firstAt }: PracticeAlarm, since: Since): AlarmWords {
  const who = sentenceStart(CARRIER_WORDS[carrier]);
  return {
    title: 'Texts are refused',
    what:
      count === 1
        ? `${who} refused a text from ${line.name} (${since(firstAt)}).`
        : `${who} has refused texts from ${line.name} since ${since(firstAt)} (${count} times).`,
    toDo: 'Check the account there: missing credit, a suspended number, a registration that is not approved, or keys that have changed.',
  };
}

function takenForSpam({ line, carrier, count, firstAt }: PracticeAlarm, since: Since): AlarmWords {
  const who = sentenceStart(CARRIER_WORDS[carrier]);
  return {
    title: 'Texts are taken for spam',
    what:
      count === 1
        ? `${who} held back a text from ${line.name} as unwanted advertising (${since(firstAt)}).`
        : `${who} has held back texts from ${line.name} as unwanted advertising since ${since(firstAt)} (${count} times).`,
    toDo: 'Check the words of the automatic text, and whether the number’s registration is for what you send.',
  };
}

function wrongSignature(alarm: PracticeAlarm, since: Since): AlarmWords {
  const { line, carrier, firstAt, lastAt } = alarm;
  const mark = carrier === 'kannel' ? 'token' : 'signature';
  const last = lastAt === firstAt ? '' : `, last ${since(lastAt)}`;
  return {
    title: `Wrong ${mark}`,
    what: `A message that claims to be from ${CARRIER_WORDS[carrier]} for ${line.name} has a wrong ${mark} (${since(firstAt)}${last}). It was not let in.`,
    toDo: `${SIGNATURE_CHECKS[carrier]} If they are right, somebody else sent it, and there is nothing to do.`,
  };
}

function recovered({ line, carrier, count, lastAt }: PracticeAlarm, since: Since): AlarmWords {
  const [texts, are] = count === 1 ? ['1 text', 'is'] : [`${count} texts`, 'are'];
  return {
    title: count === 1 ? 'A lost text was found' : 'Lost texts were found',
    what: `${texts} to ${line.name} that never reached us ${count === 1 ? 'was' : 'were'} fetched from ${CARRIER_WORDS[carrier]} and ${are} in the inbox (${since(lastAt)}).`,
    toDo: 'Check at the carrier that the webhook of the number leads here.',
  };
}

const CARRIER_WORDS: Record<CarrierName, string> = {
  simulator: 'the simulated carrier',
  twilio: 'Twilio',
  telnyx: 'Telnyx',
  kannel: 'Kannel',
};

const SIGNATURE_CHECKS: Record<CarrierName, string> = {
  simulator: 'Check SIMULATOR_SECRET.',
  twilio: 'Check TWILIO_AUTH_TOKEN and the webhook’s host name.',
  telnyx: 'Check TELNYX_PUBLIC_KEY and the clock of this deployment.',
  kannel: 'Check KANNEL_CALLBACK_TOKEN and the address in kannel.conf.',
};

/** 10:04 AM, yesterday 10:04 AM, Mon 10:04 AM, Monday, November 23, 10:04 AM */
function formatSince(at: number, now: number, timeZone: string): string {
  const day = formatDay(at, now, timeZone);
  if (day === 'Today') return formatTime(at, timeZone);
  if (day === 'Yesterday') return `yesterday ${formatTime(at, timeZone)}`;
  const isOfThisWeek = now - at < 6 * 24 * 3600_000;
  return isOfThisWeek ? formatWeekdayTime(at, timeZone) : `${day}, ${formatTime(at, timeZone)}`;
}

function sentenceStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
