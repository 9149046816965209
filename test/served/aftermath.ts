import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { HandsetMessage } from '../../src/domain/conversation/handset.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import type { Ledger } from './ledger.ts';
import type { StaffClient } from './staff-client.ts';

interface BothEnds {
  conversation: ConversationSummary | null;
  messages: Message[];
  handset: HandsetMessage[];
}

/** One caller as the conversation, the phone and the inbox have it; `row` is null where the inbox has none. */
export interface Seen extends BothEnds {
  caller: string;
  row: ConversationSummary | null;
}

interface Page {
  conversation: ConversationSummary;
  messages: Message[];
  nextCursor: string | null;
}

/** Older than no message: asks for the newest page without opening the conversation, which would change it. */
const NEWEST = String(Number.MAX_SAFE_INTEGER);
const AT_ONCE = 8;

export async function readInbox(client: StaffClient): Promise<Map<string, ConversationSummary>> {
  const rows = new Map<string, ConversationSummary>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const address = `/api/practices/lakeside/conversations?view=open&cursor=${cursor}`;
    const page: { conversations: ConversationSummary[]; nextCursor: string | null } =
      await client.get(address);
    for (const row of page.conversations) {
      const caller = row.caller.number.slice(2);
      if (rows.has(caller)) throw new Error(`two rows for one caller: ${row.id}, ${rows.get(caller)?.id}`);
      rows.set(caller, row);
    }
    cursor = page.nextCursor;
  }
  return rows;
}

export async function readEverything(client: StaffClient, ledger: Ledger): Promise<Seen[]> {
  const rows = await readInbox(client);
  const left = ledger.callers;
  const seen: Seen[] = [];
  const read = async () => {
    for (let caller = left.pop(); caller !== undefined; caller = left.pop()) {
      const row = rows.get(caller) ?? null;
      // Told when the trigger was answered, so a conversation that the inbox never heard of is seen too.
      const id = ledger.conversationIds.get(caller) ?? row?.id ?? null;
      seen.push({ caller, row, ...(await readBothEnds(client, caller, id)) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  return seen;
}

async function readBothEnds(client: StaffClient, caller: string, id: string | null): Promise<BothEnds> {
  const phone = await client.get<{ messages: HandsetMessage[] }>(`/simulator/handsets/${caller}/messages`);
  const ends: BothEnds = { conversation: null, messages: [], handset: phone.messages };
  let cursor = id === null ? null : NEWEST;
  while (cursor !== null) {
    const address = `/api/conversations/${id}?cursor=${cursor}`;
    const page: Page = await client.get(address);
    ends.conversation ??= page.conversation;
    ends.messages.unshift(...page.messages);
    cursor = page.nextCursor;
  }
  return ends;
}

/** Nothing is under way any more: neither to the phone nor from it, nor to the inbox. */
export function isSettled({ row, conversation, messages, handset }: Seen): boolean {
  const isBegun = conversation !== null || handset.length > 0;
  return (
    (row !== null || !isBegun) &&
    row?.version === conversation?.version &&
    messages.every(({ delivery }) => delivery === null || delivery.status === 'delivered') &&
    handset.every(({ isDelivered }) => isDelivered)
  );
}
