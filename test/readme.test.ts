import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${ROOT}README.md`, 'utf8');
const tour = readme.slice(readme.indexOf('## Tour of the files'));
const named = [...tour.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place);

/** What git tracks, or would: the same in a fresh clone and in a working copy. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(`${ROOT}${file}`));

describe('the tour of the files', () => {
  it('names nothing that is not there', () => {
    expect(named.filter((place) => !existsSync(`${ROOT}${place}`))).toEqual([]);
  });

  it('leaves out no room: each file is in a folder that it names, or is named itself', () => {
    const isShown = (file: string) =>
      named.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));
    const hidden =
      /^(?:\.gitignore|README\.md|LICENSE|package-lock\.json)$|^[^/]+\/tsconfig\.json$|^test\/[^/]+\.ts$|^ui\/[^/]+$/;
    expect(files.filter((file) => !isShown(file) && !hidden.test(file))).toEqual([]);
  });
});

describe('what the README says to type', () => {
  it('are commands of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = [
      ...readme.matchAll(/npm (?:run )?(start|test|reset|bench|first-admin|deploy:\w+)/g),
    ].map(([, name = '']) => name);
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('shows only pictures that are there', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    expect(pictures.filter((path) => !existsSync(`${ROOT}${path}`))).toEqual([]);
  });
});
