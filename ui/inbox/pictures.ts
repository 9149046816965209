/** What a text carried besides words, as staff see it: pictures among themselves, everything else by name. */
import { isPicture } from '../../src/domain/conversation/media.ts';
import type { Message } from '../../src/domain/conversation/message.ts';

export interface Picture {
  /** In the message's media. */
  index: number;
  alt: string;
}

export function picturesOf({ media }: Message): Picture[] {
  const indexes = media.flatMap((one, index) => (isPicture(one) ? [index] : []));
  const { length } = indexes;
  return indexes.map((index, place) => ({
    index,
    alt: length === 1 ? 'Picture from the caller' : `Picture ${place + 1} of ${length} from the caller`,
  }));
}

export function pictureAddress(conversationId: string, messageId: string, index: number): string {
  return `/api/conversations/${conversationId}/messages/${encodeURIComponent(messageId)}/media/${index}`;
}

/** What carriers hand on that no browser draws: https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
export function fileWords(contentType: string): string {
  const [kind = '', format = ''] = contentType.split('/');
  if (kind === 'image') return `${format.replace(/\+.*/, '').slice(0, 12).toUpperCase()} picture`;
  if (kind === 'audio') return 'Voice message';
  if (kind === 'video') return 'Video';
  if (format === 'pdf') return 'PDF document';
  if (format === 'vcard' || format === 'x-vcard') return 'Contact card';
  return format === 'calendar' ? 'Calendar entry' : 'File';
}
