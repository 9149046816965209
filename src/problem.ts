/** Every way a request can be refused: its code, status, and what to do about it. */
const PROBLEMS = {
  'malformed-request': [400, 'The request could not be read. Check its format and send it again.'],
  'invalid-request': [400, 'Something in the request is missing or wrong.'],
  'not-signed-in': [401, 'Sign in first.'],
  'wrong-credentials': [401, 'This e-mail address and password do not match. Check both and try again.'],
  'unknown-passkey': [
    401,
    'Nobody here has this passkey. It may have been removed: sign in another way, or use another one.',
  ],
  'bad-passkey': [401, 'This passkey could not be checked. Try again, or sign in another way.'],
  'foreign-origin': [403, 'This request came from another site. Open Offhook in its own tab and try again.'],
  'wrong-password': [403, 'This is not the password that you have now. Type it again.'],
  'wrong-passkey': [
    403,
    'This passkey could not be checked, or is not yours. Try again, or use your password.',
  ],
  'passkey-needed': [
    403,
    'Managers and admins sign in with a passkey here. Use yours; if you lost it, ask for a link to sign in.',
  ],
  'single-sign-on-only': [403, 'Here people sign in through their organization. Use the button for that.'],
  'confirm-first': [403, 'Show first that it is you: with your password, or with a passkey.'],
  'not-allowed': [403, 'Your role does not allow this. Ask a manager or an admin.'],
  'bad-signature': [403, 'The signature does not match. Check the secret of the carrier.'],
  'not-found': [404, 'There is nothing here that you can see.'],
  'unknown-trigger': [404, 'No trigger has this address. Copy it again from the triggers page.'],
  'wrong-method': [405, 'This address does not take that method.'],
  'too-large': [413, 'The request is too large. Send only what is needed.'],
  'wrong-media-type': [415, 'Send JSON or a form.'],
  'media-gone': [410, 'The carrier does not have this any more. Ask the caller to send it again.'],
  'not-a-picture': [
    422,
    'This is not a picture that can be shown here. Ask the caller to send it as a photo.',
  ],
  'carrier-unreachable': [502, 'The picture could not be fetched from the carrier. Try again.'],
  'missing-caller': [422, 'Send the number of the caller as CALLER_ID_NUMBER.'],
  'unreadable-caller': [
    422,
    'What was sent as the number of the caller is not a phone number. Send all 10 digits of it.',
  ],
  'already-assigned': [409, 'Somebody else has just taken this conversation.'],
  'newer-messages': [
    409,
    'Somebody wrote in this conversation after what you had on screen. Look at it, then send the reply again.',
  ],
  claimed: [409, 'Somebody else has this one.'],
  'call-back-closed': [409, 'This call-back is closed. Open it again to change it.'],
  'open-again': [409, 'This caller called again since: there is a newer call-back. Use that one.'],
  'cannot-replay': [409, 'Too little of this request was kept to decide about it again.'],
  'not-sent': [409, 'The reply was not sent, so this is not done. Look why, then send it again or call.'],
  'cannot-retry': [409, 'This text is not one that can be sent again.'],
  'opted-out': [
    409,
    'This caller has opted out of texts from this line. Call them, or record that they want texts again.',
  ],
  'do-not-text': [
    409,
    'This number is on the do-not-text list of the enterprise. Call them, or ask an admin to take it off.',
  ],
  'list-full': [
    409,
    'The do-not-text list is full. Take off numbers that no longer need to be on it, then add this one.',
  ],
  'trigger-exists': [409, 'This line already has a trigger for this use case and language. Change that one.'],
  'title-taken': [409, 'There is one of this title already. Choose another title, or change that one.'],
  'changed-meanwhile': [
    409,
    'Somebody else changed this meanwhile. Look at it as it is now, then change it again.',
  ],
  'patient-exists': [409, 'A patient with this name and number is there already. Change that one.'],
  'not-tried-yet': [
    409,
    'Nobody has signed in by this provider and client id yet. Sign in by it once, then make it the only way in.',
  ],
  'passkey-first': [409, 'Add a passkey to your own account first: then ask it of all managers and admins.'],
  'number-taken': [409, 'This number is in use already. Check it, or use another one.'],
  'lines-in-use': [409, 'This practice has lines in use. Retire them first.'],
  'works-here': [409, 'Somebody with this e-mail address works here already.'],
  'last-way-in': [
    409,
    'This is your only way to sign in. Add another passkey or a password first, then remove this one.',
  ],
  'passkey-exists': [409, 'This passkey is among yours already.'],
  'too-many-passkeys': [409, 'You have as many passkeys as one can have. Remove one that you do not use.'],
  yourself: [409, 'Nobody changes their own role or access. Ask a colleague who may.'],
  'is-deactivated': [409, 'This person is deactivated. Ask an admin to reactivate them first.'],
  'not-live-yet': [
    409,
    'Test this use case in demo first and paste the proof here, or let an admin take it live without one.',
  ],
  'not-tested': [
    409,
    'No text of this trigger has arrived yet. Send one to your phone first, then ask again.',
  ],
  'bad-proof': [422, 'This proof cannot be used. Make a new one in demo.'],
  'too-many-tries': [
    429,
    'Too many wrong tries. Wait 15 minutes, or use a browser you signed in with before.',
  ],
  'too-many-requests': [429, 'Too many requests. Wait as long as Retry-After says, then send it again.'],
  unavailable: [503, 'Offhook is busy. Send the request again.'],
  internal: [500, 'Something went wrong on our side. Try again; if it stays, report the request id.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Thrown anywhere in a route; the one error handler answers it. Never holds a number or a message body. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: (typeof PROBLEMS)[ProblemCode][0];
  /** Seconds, for `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** The methods that are taken instead, for `Allow`. */
  readonly allow: string | undefined;

  constructor(code: ProblemCode, options: { message?: string; retryAfter?: number; allow?: string } = {}) {
    const [status, message] = PROBLEMS[code];
    super(options.message ?? (options.allow ? `This address takes ${options.allow}.` : message));
    this.code = code;
    this.status = status;
    this.retryAfter = options.retryAfter;
    this.allow = options.allow;
  }
}

export interface ProblemBody {
  error: { code: ProblemCode; message: string; requestId: string };
}

export function problemResponse(problem: Problem, requestId: string): Response {
  const body: ProblemBody = { error: { code: problem.code, message: problem.message, requestId } };
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  if (problem.retryAfter !== undefined) headers.set('Retry-After', String(problem.retryAfter));
  if (problem.allow !== undefined) headers.set('Allow', problem.allow);
  return Response.json(body, { status: problem.status, headers });
}
