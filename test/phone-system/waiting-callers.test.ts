import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { describeWith } from '../real-program.ts';
import { CALL_TO_TEXT, clinicForAll, HANG_UP, LINE, patience, skipped, texting } from './clinic.ts';

const TEXTED = { outcome: 'texting', why: null, failure: null };

describeWith(['kamailio', 'sipp'], 'a caller who waits at a real phone system', () => {
  const lakeside = clinicForAll();

  it('and hangs up on hold is texted once, and staff see how long the wait was', async () => {
    const clinic = lakeside();
    const callId = await clinic.phones.call({ from: '<sip:+12062020121@127.0.0.1>', ms: 2000 });
    const { id } = await clinic.conversationWith('2062020121');
    await clinic.toHaveFired(callId, [texting(HANG_UP, 'abandoned', id)]);

    const [text] = await clinic.onHandset('2062020121', 1);
    expect(text).toMatchObject({ direction: 'received', from: LINE, to: '+12062020121' });
    expect(text?.body).toContain('Lakeside Family Clinic');

    const [first, ...others] = await clinic.messagesOf(id);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ kind: 'automatic', body: text?.body, call: { useCase: 'abandoned-call' } });
    // The phone system counts whole seconds, and a busy machine takes its time.
    expect(first?.call?.waitedSeconds).toBeGreaterThanOrEqual(1);
    expect(first?.call?.waitedSeconds).toBeLessThan(20);
    const waitedSeconds = first?.call?.waitedSeconds;
    await clinic.toHaveInActivity('2062020121', [{ ...TEXTED, conversationId: id, waitedSeconds }]);
  });

  it('and gives up while it rings, before anybody answers, is texted once', async () => {
    const clinic = lakeside();
    const callId = await clinic.phones.call({ from: '<sip:+12062020127@127.0.0.1>', to: 'ringing' });
    const { id } = await clinic.conversationWith('2062020127');
    await clinic.toHaveFired(callId, [texting(HANG_UP, 'abandoned', id)]);
    await clinic.onHandset('2062020127', 1);
    expect(await clinic.messagesOf(id)).toHaveLength(1);
    await clinic.toHaveInActivity('2062020127', [{ ...TEXTED, conversationId: id }]);
  });

  it('and is answered by a person gets no text when the call ends, but does after the next one', async () => {
    const clinic = lakeside();
    const from = '<sip:+12062020128@127.0.0.1>';
    const answered = await clinic.phones.call({ from, to: 'answered' });
    await clinic.toHaveFired(answered, [
      skipped(HANG_UP, 'answered', 'answered'),
      skipped(HANG_UP, 'abandoned', 'answered', expect.any(String)),
    ]);
    const gotThrough = {
      outcome: 'answered',
      why: expect.stringContaining('got through to a person'),
      conversationId: null,
    };
    await clinic.toHaveInActivity('2062020128', [gotThrough, gotThrough]);
    expect(await clinic.handset('2062020128')).toEqual([]);

    const hungUp = await clinic.phones.call({ from });
    const { id } = await clinic.conversationWith('2062020128');
    await clinic.toHaveFired(hungUp, [texting(HANG_UP, 'abandoned', id)]);
    await clinic.onHandset('2062020128', 1);
    expect(await clinic.messagesOf(id)).toHaveLength(1);
    await clinic.toHaveInActivity('2062020128', [gotThrough, gotThrough, TEXTED]);
  });

  it('and calls again within a minute is texted once, and staff see the second call', async () => {
    const clinic = lakeside();
    const from = '<sip:+12062020129@127.0.0.1>';
    const first = await clinic.phones.call({ from });
    const { id } = await clinic.conversationWith('2062020129');
    await clinic.toHaveFired(first, [texting(HANG_UP, 'abandoned', id)]);
    const second = await clinic.phones.call({ from });
    await clinic.toHaveFired(second, [skipped(HANG_UP, 'abandoned', 'cooldown', id)]);
    const cooledDown = {
      outcome: 'cooldown',
      why: expect.stringContaining('10 minutes'),
      conversationId: id,
    };
    await clinic.toHaveInActivity('2062020129', [TEXTED, cooledDown]);
    await clinic.onHandset('2062020129', 1);
    expect(await clinic.messagesOf(id)).toMatchObject([
      { kind: 'automatic' },
      { kind: 'event', event: { name: 'called-again', detail: '2' } },
    ]);
  });

  it('is texted once when two hooks report the same hang-up', async () => {
    const clinic = lakeside();
    const callId = await clinic.phones.call({ from: '<sip:2062020122@127.0.0.1>', to: 'hookedTwice' });
    const { id } = await clinic.conversationWith('2062020122');
    await clinic.toHaveFired(callId, [
      texting(HANG_UP, 'abandoned', id),
      skipped(HANG_UP, 'hangup', 'duplicate', id),
    ]);
    await clinic.toHaveInActivity('2062020122', [TEXTED, { outcome: 'duplicate', conversationId: id }]);
    await clinic.onHandset('2062020122', 1);
    expect(await clinic.messagesOf(id)).toHaveLength(1);
  });

  it('and presses 5 to be texted, and hangs up then, is texted once', async () => {
    const clinic = lakeside();
    const from = '<sip:12062020123@127.0.0.1;user=phone>';
    const callId = await clinic.phones.call({ from, presses: '5' });
    const { id } = await clinic.conversationWith('2062020123');
    await clinic.toHaveFired(callId, [
      texting(CALL_TO_TEXT, 'pressed-key', id),
      skipped(HANG_UP, 'abandoned', 'same-journey', id),
    ]);
    await clinic.toHaveInActivity('2062020123', [TEXTED, { outcome: 'same-journey', conversationId: id }]);
    await clinic.onHandset('2062020123', 1);
    const texts = await clinic.messagesOf(id);
    expect(texts).toMatchObject([{ kind: 'automatic', call: { useCase: 'call-to-text' } }]);
  });

  it('is texted once when the hang-up is reported before the key', async () => {
    const clinic = lakeside();
    const from = '<sip:+12062020130@127.0.0.1>';
    const callId = await clinic.phones.call({ from, to: 'keyReportedLate', presses: '5' });
    const { id } = await clinic.conversationWith('2062020130');
    await clinic.toHaveFired(callId, [
      texting(HANG_UP, 'abandoned', id),
      skipped(CALL_TO_TEXT, 'pressed-key', 'same-journey', id),
    ]);
    await clinic.toHaveInActivity('2062020130', [TEXTED, { outcome: 'same-journey', conversationId: id }]);
    await clinic.onHandset('2062020130', 1);
    const texts = await clinic.messagesOf(id);
    expect(texts).toMatchObject([{ kind: 'automatic', call: { useCase: 'abandoned-call' } }]);
  });

  it('answers the text, is seen by staff, and gets their reply', async () => {
    const clinic = lakeside();
    await clinic.phones.call({ from: '"Caller" <sip:+12062020126@127.0.0.1>' });
    await clinic.onHandset('2062020126', 1);

    const answer = { to: LINE, body: 'I need to move my visit' };
    expect(await clinic.staff.post('/simulator/handsets/2062020126/messages', answer)).not.toBeNull();
    const { id } = await vi.waitFor(async () => {
      const waiting = await clinic.conversationWith('2062020126', 'needs-reply');
      expect(waiting).toMatchObject({ unread: 1, last: { kind: 'text-in', snippet: answer.body } });
      return waiting;
    }, patience);

    const reply = { id: randomUUID(), kind: 'reply', body: 'Of course. Which day suits you?' };
    expect(await clinic.staff.post(`/api/conversations/${id}/messages`, reply)).not.toBeNull();
    const texts = await clinic.onHandset('2062020126', 3);
    expect(texts.map(({ direction }) => direction)).toEqual(['received', 'sent', 'received']);
    expect(texts[2]).toMatchObject({ from: LINE, body: reply.body });
    const kinds = (await clinic.messagesOf(id)).map(({ kind }) => kind);
    expect(kinds).toEqual(['automatic', 'text-in', 'reply']);
  });
});
