import { request } from '../api.ts';
import { pictureClosed, pictureOpened } from '../state/picture-changes.ts';
import { change } from '../store.ts';

/** Why a picture is not there. `canRetry`: it may be, the next time. */
export interface PictureTrouble {
  message: string;
  canRetry: boolean;
}

export function openPicture(messageId: string, index: number): void {
  change(pictureOpened, { messageId, index });
}

export function closePicture(): void {
  change(pictureClosed);
}

/** A browser does not tell why it could not load one, so it is asked for once more; null where it is there now. */
export async function pictureTrouble(address: string): Promise<PictureTrouble | null> {
  const answer = await request<null>('GET', address);
  if (answer.ok) return null;
  const { status, message } = answer;
  return { message, canRetry: status === 0 || status >= 500 };
}
