import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program } from '../program.ts';
import { freeSipPort, HOST } from './sip-port.ts';

/** One end of a call, or of many at once: a SIPp that goes through a scenario of this folder. */
export function sipp(scenario: string, port: number, args: string[], workDir: string): Program {
  return new Program('sipp', ['-sf', scenario, '-i', HOST, '-p', `${port}`, '-nostdin', ...args], workDir);
}

export function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** A phone of the clinic, and the address at which calls reach it. */
export async function answering(scenario: string, workDir: string): Promise<[Program, address: string]> {
  const port = await freeSipPort();
  return [sipp(file(scenario), port, [], workDir), `sip:${HOST}:${port}`];
}

const CALL_TIMEOUT_SECONDS = 15;

export interface Calling {
  /** The From of SIP, as a caller's phone or carrier writes it. */
  from: string;
  callId: string;
  dials: string;
  /** Asks carriers not to pass the number on: https://www.rfc-editor.org/rfc/rfc3323#section-4.2 */
  isWithheld: boolean;
  ms: number;
  presses: string | undefined;
}

/** `ms` is how long the call is on hold, or rings. */
export async function calling(
  scenario: string,
  { from, callId, dials, isWithheld, ms, presses }: Calling,
  phoneSystem: number,
  workDir: string,
): Promise<Program> {
  const args = [
    ...['-m', '1', '-timeout', `${CALL_TIMEOUT_SECONDS}s`, '-timeout_error', '-cid_str', callId],
    ...['-s', dials, '-d', `${ms}`],
    ...['-key', 'caller', from, '-key', 'privacy', isWithheld ? 'id' : 'none'],
    ...(presses === undefined ? [] : ['-set', 'digit', presses]),
    `${HOST}:${phoneSystem}`,
  ];
  return sipp(file(scenario), await freeSipPort(), args, workDir);
}

const RUSH_TIMEOUT_SECONDS = 40;

export interface Rush {
  /** Ten digits each. */
  callers: readonly string[];
  dials: string;
  perSecond: number;
  holdMs: number;
}

/** All of them call, wait and hang up. SIPp takes a name for all calls or a line of a file for each, but no mix. */
export async function callingAll(
  { callers, dials, perSecond, holdMs }: Rush,
  phoneSystem: number,
  workDir: string,
): Promise<Program> {
  const [scenario, numbers] = [join(workDir, 'rush.xml'), join(workDir, 'rush.csv')];
  const one = await readFile(file('caller.xml'), 'utf8');
  await writeFile(scenario, one.replaceAll('[caller]', `<sip:+1[field0]@${HOST}>`));
  await writeFile(numbers, ['SEQUENTIAL', ...callers, ''].join('\n'));
  const args = [
    ...['-inf', numbers, '-m', `${callers.length}`, '-l', `${callers.length}`, '-r', `${perSecond}`],
    ...['-timeout', `${RUSH_TIMEOUT_SECONDS}s`, '-timeout_error', '-key', 'privacy', 'none'],
    ...['-s', dials, '-d', `${holdMs}`, `${HOST}:${phoneSystem}`],
  ];
  return sipp(scenario, await freeSipPort(), args, workDir);
}
