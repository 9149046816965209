import type { Unsent } from './state.ts';

/** No answer, or none of ours to what was asked: the same question may be answered in a moment. */
export function isPassing(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

/** Of one that did not leave, for all that is known. */
export function stageAfter(
  { status, code, message }: { status: number; code: string; message: string },
  isTriedAgain: boolean,
): Unsent['stage'] {
  if (code === 'newer-messages') return { is: 'overtaken' };
  if (isTriedAgain) return { is: 'waiting' };
  // What has no code is not Offhook's answer.
  return { is: 'failed', message, isUnknown: isPassing(status) || code === '' };
}

/** Another text would have another id: where this one may have arrived, the caller could get both. */
export function canBeEdited(stage: Unsent['stage']): boolean {
  return stage.is !== 'failed' || !stage.isUnknown;
}
