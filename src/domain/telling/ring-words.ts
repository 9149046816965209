import type { Reason } from './ring.ts';

/** What is pushed to a browser. */
export interface Pushed {
  title: string;
  /** What it leads to. */
  path: string;
  /** Of those with the same one only the newest is shown. */
  tag: string;
}

/** On a locked screen, for whoever walks by: the practice, and nothing about anybody. */
export function ringWords(reason: Reason, practiceName: string): string {
  switch (reason) {
    case 'waiting':
      return `A caller is waiting at ${practiceName}`;
    case 'urgent':
      return `Urgent: a caller is waiting at ${practiceName}`;
    case 'escalated':
      return `A caller has been waiting too long at ${practiceName}`;
    case 'assigned':
      return `A conversation was given to you at ${practiceName}`;
    case 'mentioned':
      return `A colleague mentioned you at ${practiceName}`;
  }
}

/** Of several conversations at once. */
export function severalRingWords(count: number, mostPressing: Reason, practiceName: string): string {
  return mostPressing === 'urgent'
    ? `${count} conversations need you at ${practiceName}, at least one is urgent`
    : `${count} conversations need you at ${practiceName}`;
}
