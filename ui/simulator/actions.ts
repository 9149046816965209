/** What a person does with the phone. */
import type { HandsetKind, LineToCall } from '../../src/domain/conversation/handset.ts';
import { MAX_HANDSET_TEXT_LENGTH } from '../../src/domain/conversation/handset.ts';
import type { UseCase } from '../../src/domain/triggers/use-case.ts';
import { api } from './api.ts';
import { hasTrigger, momentOf, type PhoneCall, TEXT_KEY, waitedMs } from './call.ts';
import { digitsOf, isPhoneNumber, numberOfKind } from './number.ts';
import { askForMessages } from './polling.ts';
import { rememberSound } from './preferences.ts';
import { shrunk } from './shrink.ts';
import { sounds, switchSound, wakeSound } from './sound.ts';
import * as steps from './state.ts';
import { announcement, change, now, state } from './store.ts';
import { USE_CASE_WORDS } from './words.ts';

export async function loadLines(): Promise<void> {
  const answer = await api.lines();
  const loaded = answer.ok
    ? ({ is: 'ready', lines: answer.value.lines } as const)
    : ({ is: 'failed', message: answer.message } as const);
  change(steps.linesLoaded, loaded);
}

// --- calls ----------------------------------------------------------------------------------------

export function callLine(line: LineToCall): void {
  wakeSound();
  if (state.peek().call !== null) return;
  now.value = Date.now();
  change(steps.callStarted, {
    id: `call-${crypto.randomUUID().slice(0, 8)}`,
    line,
    language: state.peek().language,
    startedAt: Date.now(),
    pressedAt: null,
    typed: '',
    isKeypadOpen: null,
  });
}

export function pressKey(key: string): void {
  const { call } = state.peek();
  if (call === null) return;
  sounds.key(key);
  change(steps.keyPressed, key);
  const moment = momentOf(call, Date.now());
  // A phone system listens from the moment it has answered, whether or not it has finished talking.
  if (key !== TEXT_KEY || moment === 'ringing' || moment === 'texting') return;
  if (hasTrigger(call, 'call-to-text')) change(steps.textAskedFor, Date.now());
  void fire(call, 'call-to-text');
}

export function hangUp(): void {
  const { call } = state.peek();
  if (call === null) return;
  sounds.hungUp();
  change(steps.callEnded);
  void fire(call, 'abandoned-call');
}

export function showKeypad(isOpen: boolean): void {
  change(steps.keypadShown, isOpen);
}

/** The phone system's part: it tells Offhook, and writes down what it was told back. */
async function fire(call: PhoneCall, useCase: UseCase): Promise<void> {
  const at = Date.now();
  const waitedSeconds = Math.round(waitedMs(call, at) / 1000);
  const entry = { id: crypto.randomUUID(), at, useCase, waitedSeconds };
  const note = (outcome: steps.LogEntry['outcome']) => change(steps.logged, { ...entry, outcome });
  if (momentOf(call, at) === 'ringing') {
    return note({
      is: 'not-fired',
      because: 'The clinic had not picked up yet, so there is nothing to tell.',
    });
  }
  if (!hasTrigger(call, useCase)) {
    const because = `This line has nothing set up for a caller who ${USE_CASE_WORDS[useCase]} in this language.`;
    return note({ is: 'not-fired', because });
  }
  note({ is: 'asked' });
  const { number } = state.peek();
  const { line, language, id: callId } = call;
  const answer = await api.fire({ from: number, lineId: line.id, useCase, language, callId, waitedSeconds });
  if (answer.ok) note({ is: 'answered', call: answer.value });
  else note({ is: 'not-fired', because: answer.message });
  await askForMessages();
}

// --- texts ----------------------------------------------------------------------------------------

export function openScreen(screen: steps.Screen): void {
  change(steps.screenOpened, screen);
}

export function dismissBanner(): void {
  change(steps.bannerDismissed);
}

export function writeDraft(line: string, draft: string): void {
  change(steps.draftChanged, line, draft.slice(0, MAX_HANDSET_TEXT_LENGTH));
}

export async function sendDraft(line: string): Promise<void> {
  wakeSound();
  const { number, drafts, attached, sending } = state.peek();
  const body = drafts[line] ?? '';
  const media = attached[line] ?? [];
  if ((body.trim() === '' && media.length === 0) || sending.is === 'under-way') return;
  change(steps.sendingChanged, { is: 'under-way' });
  const answer = await api.write(number, { to: line, body: body.trim() === '' ? '' : body, media });
  if (state.peek().number !== number) return;
  if (!answer.ok) return change(steps.sendingChanged, { is: 'failed', message: answer.message });
  sounds.textSent();
  change(steps.messageWritten, answer.value.message, media);
}

export async function attach(line: string, files: readonly File[]): Promise<void> {
  const { number } = state.peek();
  const pictures = await Promise.all(files.map(shrunk));
  if (state.peek().number !== number) return;
  const fit = pictures.filter((picture) => picture !== null);
  change(steps.picturesAttached, line, fit);
  const message = 'Not every file could be added. Choose JPEG, PNG, GIF or WebP pictures.';
  change(steps.sendingChanged, fit.length < files.length ? { is: 'failed', message } : { is: 'idle' });
}

export function detach(line: string, place: number): void {
  change(steps.pictureDetached, line, place);
}

// --- the phone itself -----------------------------------------------------------------------------

/** False where that is not a number. */
export function changeNumber(typed: string): boolean {
  const number = digitsOf(typed);
  if (!isPhoneNumber(number)) return false;
  if (number === state.peek().number) return true;
  if (state.peek().call !== null) hangUp();
  change(steps.phoneChanged, number);
  rememberNumber();
  announcement.value = 'This is another phone now.';
  void askForMessages();
  return true;
}

export function becomeKind(kind: HandsetKind): void {
  changeNumber(numberOfKind(state.peek().number, kind));
}

/** In the address, so that a reload or a shared link is the same phone. */
export function rememberNumber(): void {
  const address = new URL(location.href);
  address.searchParams.set('number', state.peek().number);
  history.replaceState(null, '', address);
}

export function chooseLanguage(language: string): void {
  change(steps.languageChosen, language);
}

export function turnSound(isOn: boolean): void {
  wakeSound();
  switchSound(isOn);
  rememberSound(isOn);
  change(steps.soundSwitched, isOn);
}
