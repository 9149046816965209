import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import { useEffect } from '../design/html.ts';
import { connectInbox } from '../inbox/socket.ts';

type Listener = (frame: InboxFrame) => void;

const listeners = new Set<Listener>();

/** The inbox's socket hands on what it receives. */
export function tellPages(frame: InboxFrame): void {
  for (const listener of listeners) listener(frame);
}

/** For as long as the tab lives. */
export function hearFrames(listen: Listener): void {
  listeners.add(listen);
}

/** While the page is shown, it hears what the inbox hears. */
export function useFrames(listen: Listener): void {
  useEffect(() => {
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, []);
}

/** What fires comes over a socket of its own: nobody else has to hear of it. */
export function useActivityFrames(practiceId: string, listen: Listener): void {
  useEffect(() => {
    const nothing = () => undefined;
    // The inbox's own socket notices that the session is over.
    const events = { onFrame: listen, onConnection: nothing, onRefused: nothing, onSessionOver: nothing };
    return connectInbox(practiceId, events, { activity: '1' });
  }, [practiceId]);
}
