import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storageDir } from './state-dir.ts';

/** By which push services know a deployment; see VAPID in src/env.ts. */
export interface PushKeys {
  VAPID_PUBLIC_KEY: string;
  VAPID_PRIVATE_KEY: string;
  VAPID_SUBJECT: string;
}

export const PUSH_SETTINGS = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const;

/** Beside the local data, and emptied with it. */
export const PUSH_KEYS_FILE = 'push-keys.json';

/** `subject`: where push services may write to, `mailto:` or `https:`. */
export function newPushKeys(subject: string): PushKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { VAPID_PUBLIC_KEY: point.toString('base64url'), VAPID_PRIVATE_KEY: d, VAPID_SUBJECT: subject };
}

/** Made once for this data, since browsers keep to the key that they subscribed with. */
export async function localPushKeys(stateDir: string): Promise<PushKeys> {
  const directory = storageDir(stateDir);
  const file = join(directory, PUSH_KEYS_FILE);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PushKeys;
  } catch {
    const keys = newPushKeys('mailto:nobody@offhook.example');
    await mkdir(directory, { recursive: true });
    await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
    return keys;
  }
}
