import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCountedOn } from '../../src/domain/people/passkeys.ts';
import {
  accessOf,
  type GroupRule,
  givesAccess,
  groupsIn,
  vouchedEmail,
} from '../../src/domain/people/single-sign-on.ts';

const group: fc.Arbitrary<string> = fc.constantFrom('desk', 'leads', 'it', 'Desk', '');
const rule: fc.Arbitrary<GroupRule> = fc.oneof(
  fc.record({ group, is: fc.constant('admin' as const) }),
  fc.record({
    group,
    is: fc.constant('member' as const),
    practiceId: fc.constantFrom('lakeside', 'harbor'),
    role: fc.constantFrom('staff' as const, 'manager' as const),
  }),
);
const rules = fc.array(rule, { maxLength: 8 });
const groups = fc.array(group, { maxLength: 4 });

describe('what groups give', () => {
  it('is nothing to who is in none, and says nothing where there are no rules', () => {
    fc.assert(fc.property(rules, (all) => !givesAccess(accessOf(all, []))));
    expect(accessOf([], ['desk'])).toEqual({ isAdmin: null, memberships: [], governed: [] });
  });

  it('never shrinks with another group, and never depends on the order', () => {
    fc.assert(
      fc.property(rules, groups, group, (all, some, another) => {
        const [before, after] = [accessOf(all, some), accessOf(all, [...some, another])];
        for (const { practiceId, role } of before.memberships) {
          const now = after.memberships.find((one) => one.practiceId === practiceId)?.role;
          expect(['manager', role]).toContain(now);
        }
        if (before.isAdmin) expect(after.isAdmin).toBe(true);
        const sorted = ({ memberships }: typeof before) =>
          [...memberships].sort((a, b) => a.practiceId.localeCompare(b.practiceId));
        expect(sorted(accessOf([...all].reverse(), [...some].reverse()))).toEqual(sorted(before));
      }),
    );
  });

  it('is one role in each practice, only in practices that a rule speaks of, and admin only by a rule for admins', () => {
    fc.assert(
      fc.property(rules, groups, (all, some) => {
        const { isAdmin, memberships, governed } = accessOf(all, some);
        const ids = memberships.map(({ practiceId }) => practiceId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(governed).toEqual(expect.arrayContaining(ids));
        expect(isAdmin === null).toBe(!all.some(({ is }) => is === 'admin'));
        if (isAdmin) expect(all.some((one) => one.is === 'admin' && some.includes(one.group))).toBe(true);
      }),
    );
  });
});

describe('a claim of groups', () => {
  it.each<[unknown, string[]]>([
    [
      ['desk', 'it'],
      ['desk', 'it'],
    ],
    ['desk', ['desk']],
    [['desk', 7, null, { a: 1 }], ['desk']],
    [undefined, []],
    [{ desk: true }, []],
    [null, []],
  ])('%j is %j', (claim, expected) => {
    expect(groupsIn(claim)).toEqual(expected);
  });
});

describe('an e-mail', () => {
  const person = { issuer: 'i', subject: 's', name: null, groups: [] };

  it('is vouched for by who says so, or by whom an admin trusts to mean it; never where it is denied', () => {
    const vouched = [true, false, null].flatMap((isEmailVerified) =>
      [true, false].map((trusts) => vouchedEmail({ ...person, email: 'a@b', isEmailVerified }, trusts)),
    );
    expect(vouched).toEqual(['a@b', 'a@b', null, null, 'a@b', null]);
    expect(vouchedEmail({ ...person, email: null, isEmailVerified: true }, true)).toBeNull();
  });
});

describe('the counter of a passkey', () => {
  it('goes up, or is never more than zero', () => {
    const count = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(count, count, (before, now) => {
        const isFine = hasCountedOn(before, now);
        expect(isFine).toBe(now > before || (before === 0 && now === 0));
      }),
    );
  });
});
