import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';

interface ScriptWeights {
  /** Of all that the inbox's first load fetches, gzipped. */
  inbox: number;
  /** Of what each page fetches besides, by the name of its folder. */
  pages: Record<string, number>;
  /** What the inbox's script imports at once. */
  preloads: string[];
}

const PAGE = /(?:^|\/)pages\/([^/]+)\/page\.ts$/;

/** Files are weighed one by one, as they are fetched. The paths of `metafile` begin at `directory`. */
export async function weightsOfScripts(metafile: Metafile, directory: string): Promise<ScriptWeights> {
  const outputs = Object.entries(metafile.outputs);
  const inbox = closure(metafile, 'inbox.js');
  const pages = await Promise.all(
    outputs.flatMap(([file, { entryPoint }]) => {
      const [, name] = PAGE.exec(entryPoint ?? '') ?? [];
      if (name === undefined) return [];
      const added = [...closure(metafile, file)].filter((one) => !inbox.has(one));
      return [weightOfAll(directory, added).then((weight) => [name, weight] as const)];
    }),
  );
  return {
    inbox: await weightOfAll(directory, [...inbox]),
    pages: Object.fromEntries(pages),
    preloads: [...inbox].filter((file) => file !== 'inbox.js').map((file) => basename(file)),
  };
}

export async function weightOf(file: string): Promise<number> {
  return gzipSync(await readFile(file), { level: 9 }).length;
}

/** The file and all that it imports before it runs. */
function closure({ outputs }: Metafile, file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const imports = outputs[file]?.imports ?? [];
  for (const { path, kind } of imports)
    if (kind === 'import-statement') closure({ inputs: {}, outputs }, path, known);
  return known;
}

async function weightOfAll(directory: string, files: string[]): Promise<number> {
  const weights = await Promise.all(files.map((file) => weightOf(join(directory, file))));
  return weights.reduce((sum, weight) => sum + weight, 0);
}
