/** Of the deployment; base64url: an uncompressed point of P-256, and its private number (RFC 8292). */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
  /** Where the push service may write to, `mailto:` or `https:`. */
  subject: string;
}

interface Settings {
  VAPID_PUBLIC_KEY?: string | undefined;
  VAPID_PRIVATE_KEY?: string | undefined;
  VAPID_SUBJECT?: string | undefined;
}

/** Null where a deployment has none, or not all of them: nothing is pushed there, and nobody can ask for it. */
export function vapidKeys({
  VAPID_PUBLIC_KEY,
  VAPID_PRIVATE_KEY,
  VAPID_SUBJECT,
}: Settings): VapidKeys | null {
  return VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY && VAPID_SUBJECT
    ? { publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY, subject: VAPID_SUBJECT }
    : null;
}
