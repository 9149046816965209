import { newPushKeys } from './push-keys.ts';
import { command, Refusal } from './refusal.ts';

/** Prints new keys as JSON, for `wrangler secret bulk`, which reads them without anybody having seen them. */
await command(async () => {
  const [contact] = process.argv.slice(2);
  if (contact === undefined || !/^([^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(contact)) {
    throw new Refusal(
      'Say where push services may write to, an e-mail address or an https address:\nnpm run --silent push-keys you@clinic.example | npx wrangler secret bulk --env production',
    );
  }
  const subject = contact.startsWith('https:') ? contact : `mailto:${contact}`;
  console.log(JSON.stringify(newPushKeys(subject), null, 2));
});
