import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** The real programs that tests use, and the Debian packages that bring them. */
const PACKAGES = {
  chromium: 'chromium',
  kamailio: 'kamailio kamailio-utils-modules',
  sipp: 'sip-tester',
  bearerbox: 'kannel',
  smsbox: 'kannel',
  fakesmsc: 'kannel-extras',
} as const;

export type RealProgram = keyof typeof PACKAGES;

/** Daemons are often outside the PATH of those who are not root, and Kannel's tools of everybody's. */
const ALSO = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/lib/kannel/test'];

/** A `describe` for tests that need real programs: without them it is skipped, and says what to install. */
export function describeWith(programs: RealProgram[], name: string, tests: () => void): void {
  const missing = programs.filter((program) => pathOf(program) === null);
  if (missing.length === 0) {
    describe(name, tests);
    return;
  }
  const packages = [...new Set(missing.map((program) => PACKAGES[program]))].join(' ');
  describe.skip(`${name} (needs ${missing.join(' and ')}: apt-get install ${packages})`, tests);
}

/** Where the program is, or null. */
export function pathOf(program: RealProgram): string | null {
  for (const directory of [...(process.env.PATH ?? '').split(delimiter), ...ALSO]) {
    const path = join(directory, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not there, or not a program: the next one.
    }
  }
  return null;
}
