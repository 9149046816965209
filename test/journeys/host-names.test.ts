import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { hostNames } from '../../src/domain/practice/host-names.ts';
import { publicOrigins } from '../../src/domain/practice/public-origins.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { ORIGIN, StaffBrowser, signedInAs } from './staff-browser.ts';

const PATH = '/api/enterprise/host-names';

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
});

describe('the host names', () => {
  it('are told to admins, with the one that the question came by', async () => {
    const answer = await (await signedInAs('admin@offhook.example')).ask(PATH);
    expect(await answer.json()).toEqual({ origins: [], unreadable: [], arrivedAt: ORIGIN });
    expect((await (await signedInAs('manager@lakeside.example')).ask(PATH)).status).toBe(403);
    expect((await new StaffBrowser().ask(PATH)).status).toBe(401);
    expect((await (await signedInAs('admin@offhook.example')).post(PATH, {})).status).toBe(405);
  });

  it('say which is given out, and what is no address', () => {
    const setting = publicOrigins('https://new.example, https://old.example/, nonsense');
    expect(hostNames(setting, 'https://old.example')).toEqual({
      origins: [
        { origin: 'https://new.example', isGivenOut: true },
        { origin: 'https://old.example', isGivenOut: false },
      ],
      unreadable: ['nonsense'],
      arrivedAt: 'https://old.example',
    });
  });
});
