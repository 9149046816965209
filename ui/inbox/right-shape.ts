import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';

/** What no row can be drawn without. */
const OF_CONVERSATION = 'caller line last consent';

/** Whether what came has these parts, each an object, or with a `*` a list of them: what else may be wrong breaks no page. */
export function hasParts(value: unknown, parts = ''): boolean {
  return (parts.match(/\w+\*?/g) ?? []).every((part) => {
    const name = part.replace('*', '');
    const found = isObject(value) && value[name];
    const all = name === part ? [found] : found;
    const within = name.startsWith('conversation') ? OF_CONVERSATION : '';
    return Array.isArray(all) && all.every((one) => isObject(one) && hasParts(one, within));
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const OF_FRAME: Record<InboxFrame['type'], string> = {
  snapshot: 'conversations* counts present* mentions*',
  resumed: 'counts present* mentions*',
  conversation: 'conversation messages* counts',
  presence: 'present*',
  mentioned: 'by caller',
  alarms: 'alarms*',
  'mentions-seen': '',
  'call-backs': '',
  activity: '',
  escalated: '',
  'waiting-rules': '',
  heartbeat: '',
};

/** Null where something else than Offhook spoke. What only a newer Offhook says tells no more than that it is there. */
export function readFrame(data: string): InboxFrame | null {
  try {
    const frame = JSON.parse(data) as InboxFrame;
    if (typeof frame.seq !== 'number') return null;
    const parts = OF_FRAME[frame.type];
    if (parts === undefined) return { type: 'heartbeat', seq: 0 };
    return hasParts(frame, parts) ? frame : null;
  } catch {
    return null;
  }
}
