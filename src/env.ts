import type { AuditLog } from '../durable/audit-log.ts';
import type { Conversation } from '../durable/conversation.ts';
import type { Handset } from '../durable/handset.ts';
import type { Inbox } from '../durable/inbox.ts';

export type EnvironmentName = 'local' | 'demo' | 'production';

/** What wrangler.toml binds. */
export interface Env {
  /** Separate deployments with separate data; triggers answer only in their own. */
  ENVIRONMENT: EnvironmentName;
  /** Where the outside reaches us, if that is not the host of the request; several with commas, as `publicOrigins` reads it. */
  PUBLIC_ORIGIN?: string;
  /** Signs the simulated carrier's webhooks; not bound in production. */
  SIMULATOR_SECRET?: string;
  /** Held by demo and production: demo signs that a use case was tested, production checks it. Optional. */
  TEST_PROOF_SECRET?: string;
  /** Of our client at the OpenID provider. Optional: a client without one is known by PKCE alone. */
  SINGLE_SIGN_ON_SECRET?: string;
  /** A carrier's settings are needed where a line uses it; README says where each comes from. */
  TWILIO_ACCOUNT_SID?: string;
  TWILIO_AUTH_TOKEN?: string;
  /** Instead of https://api.twilio.com. */
  TWILIO_API_BASE?: string;
  /** Instead of https://lookups.twilio.com. */
  TWILIO_LOOKUP_BASE?: string;
  TELNYX_API_KEY?: string;
  /** Base64, as the Telnyx portal shows it. */
  TELNYX_PUBLIC_KEY?: string;
  /** Instead of https://api.telnyx.com. */
  TELNYX_API_BASE?: string;
  /** The gateway's sendsms address. */
  KANNEL_SENDSMS_URL?: string;
  KANNEL_USERNAME?: string;
  KANNEL_PASSWORD?: string;
  /** Kannel signs nothing: its callbacks carry this instead. */
  KANNEL_CALLBACK_TOKEN?: string;
  /** Of web pushes; all three or none. Without them nobody can be told while no page is open. */
  VAPID_PUBLIC_KEY?: string;
  VAPID_PRIVATE_KEY?: string;
  /** Where push services may write to: `mailto:` or `https:`. */
  VAPID_SUBJECT?: string;
  /** Configuration and directory. */
  DB: D1Database;
  /** One per line and caller: the only truth about a conversation. */
  CONVERSATION: DurableObjectNamespace<Conversation>;
  /** One per practice: a projection of its conversations, and the staff's sockets. */
  INBOX: DurableObjectNamespace<Inbox>;
  /** One per practice and one for the enterprise: who did or read what. */
  AUDIT_LOG: DurableObjectNamespace<AuditLog>;
  /** One per simulated phone; local and demo only. */
  HANDSET: DurableObjectNamespace<Handset>;
  /** One per line: when its next automatic text may leave. */
  LINE_PACER: DurableObjectNamespace;
  /** The built pages. */
  ASSETS: Fetcher;
}
