import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf, tryCounters } from '../../src/domain/people/sign-in-limits.ts';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['local', 'local'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is the same for each of its addresses, however they are written', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(groups, groups, groups, (network, one, other) => {
        const short = [...network, ...one].map((group) => group.toString(16)).join(':');
        const long = [...network, ...other].map((group) => group.toString(16).padStart(4, '0')).join(':');
        expect(networkOf(short)).toBe(networkOf(long.toUpperCase()));
      }),
    );
  });

  it('can be made of anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.]*$/)), (text) => {
        expect(typeof networkOf(text)).toBe('string');
      }),
    );
  });
});

describe('the counters of a try', () => {
  const counters = (email: string, address: string, knownBrowser: string | null = null) =>
    tryCounters({ email, address, knownBrowser }).map(({ key }) => key);

  it('are three, none of which another account from another address shares', () => {
    const [ana, marcus] = [counters('ana@x', '192.0.2.1'), counters('marcus@x', '192.0.2.2')];
    expect(new Set([...ana, ...marcus]).size).toBe(6);
  });

  it('do not change with the case of an e-mail', () => {
    expect(counters('Ana@X', '192.0.2.1')).toEqual(counters('ana@x', '192.0.2.1'));
  });

  it('are a known browser’s own alone, and apart for each account', () => {
    const [known] = counters('ana@x', '192.0.2.1', 'b1');
    expect(counters('ana@x', '192.0.2.9', 'b1')).toEqual([known]);
    expect(counters('ana@x', '192.0.2.1')).not.toContain(known);
    expect(counters('marcus@x', '192.0.2.1', 'b1')).not.toEqual([known]);
    expect(counters('ana@x', '192.0.2.1', 'b2')).not.toEqual([known]);
  });
});
