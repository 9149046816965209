import { access, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { settled } from './data-holder.ts';
import { PUSH_KEYS_FILE } from './push-keys.ts';
import { command } from './refusal.ts';
import { stateDir, storageDir } from './state-dir.ts';

/** What a local server writes. Whatever else is in the directory that OFFHOOK_STATE names is not ours. */
const OURS = ['cache', 'd1', 'do', PUSH_KEYS_FILE];

await command(async () => {
  const storage = storageDir(stateDir());
  const isThere = await access(storage).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    console.log(`No data in ${stateDir()}: nothing to empty.`);
    return;
  }
  await settled(stateDir());
  for (const name of OURS) await rm(join(storage, name), { recursive: true, force: true });
  await removeIfEmpty(storage);
  await removeIfEmpty(dirname(storage));
  console.log(`Emptied the data in ${stateDir()}. npm start makes it anew.`);
});

async function removeIfEmpty(directory: string): Promise<void> {
  await rmdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY') throw error;
  });
}
