import { expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { clinicForAll, HANG_UP, skipped, texting } from './clinic.ts';

describeWith(['kamailio', 'sipp'], 'a caller whom no text reaches, at a real phone system', () => {
  const lakeside = clinicForAll();

  it('because the number is withheld: no text and no conversation, but the manager sees the call', async () => {
    const clinic = lakeside();
    const from = '"Anonymous" <sip:anonymous@anonymous.invalid>';
    const callId = await clinic.phones.call({ from, isWithheld: true });
    await clinic.toHaveFired(callId, [skipped(HANG_UP, 'abandoned', 'withheld')]);

    expect(await clinic.conversations()).toEqual([]);
    const { activity, beyondText } = await clinic.activityPage('outcome=withheld');
    expect(activity).toMatchObject([
      { outcome: 'withheld', caller: 'anonymous', conversationId: null, why: expect.any(String) },
    ]);
    expect(beyondText).toMatchObject({ withheld: { week: 1 }, landline: { week: 0 } });
  });

  it('because it is a landline: staff see that the text failed, and whom to call back', async () => {
    const clinic = lakeside();
    const from = '<sip:+12062020006@127.0.0.1>';
    const first = await clinic.phones.call({ from });
    const { id } = await clinic.conversationWith('2062020006');
    await clinic.toHaveFired(first, [texting(HANG_UP, 'abandoned', id)]);
    const failed = { outcome: 'texting', failure: 'landline', conversationId: id };
    await clinic.toHaveInActivity('2062020006', [failed]);
    expect(await clinic.conversationWith('2062020006')).toMatchObject({
      problem: 'landline',
      cannotText: 'landline',
    });
    expect(await clinic.messagesOf(id)).toMatchObject([
      { kind: 'automatic', delivery: { status: 'undelivered', reason: 'landline' } },
    ]);
    expect(await clinic.callBacksTo('2062020006')).toMatchObject([
      { reason: 'landline', calls: 1, closed: null, conversationId: id },
    ]);

    const second = await clinic.phones.call({ from });
    await clinic.toHaveFired(second, [skipped(HANG_UP, 'abandoned', 'landline', id)]);
    const spared = { outcome: 'landline', why: expect.stringContaining('landline'), conversationId: id };
    await clinic.toHaveInActivity('2062020006', [failed, spared]);
    expect(await clinic.callBacksTo('2062020006')).toMatchObject([{ reason: 'landline', calls: 2 }]);
    expect(await clinic.messagesOf(id)).toHaveLength(1);
    expect(await clinic.handset('2062020006')).toEqual([]);
  });
});
