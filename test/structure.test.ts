import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../scripts/state-dir.ts';

/** What git knows, and what it would be given next. */
const files = execFileSync(
  'git',
  ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(ROOT + file));

const programs = files.filter((file) => file.endsWith('.ts'));

function read(file: string): string {
  return readFileSync(ROOT + file, 'utf8');
}

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

/** Imports of our own files, as paths from the root. */
const imports: Import[] = programs.flatMap((from) =>
  [...read(from).matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm)].map(
    ([, type, path = '']) => ({
      from,
      to: posix.join(posix.dirname(from), path),
      isType: type !== undefined,
    }),
  ),
);

/** For each room: where its imports may lead, besides itself. Types of the bindings and the problems are everybody's in src. */
const ROOMS: Record<string, RegExp> = {
  'src/domain/': /^$/,
  'src/practices/': /^src\/(domain\/|env\.ts$|problem\.ts$)/,
  'src/carriers/': /^src\/(domain\/|env\.ts$|problem\.ts$)/,
  'src/phone-systems/': /^src\/(domain\/|env\.ts$|problem\.ts$)/,
  'durable/': /^src\/(domain\/|carriers\/|env\.ts$|problem\.ts$)/,
  'src/routes/':
    /^src\/(domain|practices|carriers|phone-systems)\/|^src\/(env|problem|security-headers)\.ts$/,
  'src/schedule/':
    /^src\/(domain|practices|carriers)\/|^src\/(env|problem)\.ts$|^src\/routes\/(carriers\/receive-text|conversations\/conversation-address|audit\/deliver-audit)\.ts$/,
  'ui/': /^src\/domain\//,
};

describe('imports run one way', () => {
  test('and there are some to look at', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test.each(Object.entries(ROOMS))('out of %s', (room, allowed) => {
    const wrong = imports.filter(
      ({ from, to, isType }) =>
        from.startsWith(room) && !to.startsWith(room) && !allowed.test(to) && !isStub(room, to, isType),
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('pages beside the inbox take from it what the shell offers them, and nothing of each other', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [page] = /^ui\/pages\/[^/]+\//.exec(from) ?? [];
      return page !== undefined && !to.startsWith(page) && !/^(ui\/(design|shell)|src\/domain)\//.test(to);
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('nothing imports the Worker but the tests', () => {
    const wrong = imports.filter(({ from, to }) => to === 'src/worker.ts' && !from.startsWith('test/'));
    expect(wrong).toEqual([]);
  });

  /** Routes call objects through stubs, of which they know the type. */
  function isStub(room: string, to: string, isType: boolean): boolean {
    return room === 'src/routes/' && isType && to.startsWith('durable/');
  }
});

describe('names', () => {
  test('say what is in a file, not what kind of thing it is', () => {
    const vague = /(^|\/)(lib|utils?|helpers?|services?|common|misc)(\/|\.|$)|(^|\/)types\.ts$/;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });

  test('of files are in kebab-case', () => {
    const odd = programs.filter((file) => !/^[a-z0-9-]+(\.(test|d|config))?\.ts$/.test(posix.basename(file)));
    expect(odd).toEqual([]);
  });

  test('stand for files of a size that can be read at once', () => {
    const long = programs.filter((file) => !file.startsWith('test/') && read(file).split('\n').length > 300);
    expect(long).toEqual([]);
  });
});

describe('what is tracked', () => {
  test('pins every package to one version', () => {
    const manifest = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test('locks packages by what is in them, not by where they were fetched', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string; resolved?: string; optional?: boolean }>;
    };
    const installed = Object.entries(packages).filter(([path]) => path !== '');
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    // Optional ones are the binaries of other platforms, which npm names without having fetched them.
    const unsealed = installed.filter(([, { integrity, optional }]) => integrity === undefined && !optional);
    expect(unsealed.map(([path]) => path)).toEqual([]);
  });

  test('works wherever it is put: it names no directory of one machine, and no registry', () => {
    const text = files.filter((file) => !/\.(png|jpg|jpeg|gif|woff2|ico|mp3|wav|webm)$/.test(file));
    const elsewhere = text.filter((file) =>
      new RegExp(['/wo', 'rk/|\\.\\./sha', 'red/|/ho', 'me/[a-z]|registry\\.[a-z]'].join('')).test(
        read(file),
      ),
    );
    expect(elsewhere).toEqual([]);
  });
});
