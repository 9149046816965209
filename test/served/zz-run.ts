import { setTimeout } from 'node:timers/promises';
import { Killable } from './killable.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { Random } from './random.ts';
import { StaffClient } from './staff-client.ts';

const random = new Random(1);
const ledger = new Ledger();
const p = new Killable(8873, '/tmp/w/state-kill/r');
await p.start();
const c = new StaffClient(p.origin);
await c.signIn('staff@lakeside.example');
for (let k = 0; k < 8; k++) {
  const t0 = performance.now();
  const l = new Load(c, ledger, random);
  l.begin();
  const want = ledger.answered + random.between(1, 80);
  const d = Date.now() + 5000;
  const first = ledger.answered;
  let tf = 0;
  while (ledger.answered < want && Date.now() < d) {
    await setTimeout(5);
    if (!tf && ledger.answered > first) tf = performance.now() - t0;
  }
  const t1 = performance.now();
  const n = ledger.answered - first;
  await p.kill();
  const t2 = performance.now();
  await l.end();
  const t3 = performance.now();
  await p.start();
  const t4 = performance.now();
  console.log(
    k,
    'events',
    n,
    'first',
    tf | 0,
    'load',
    (t1 - t0) | 0,
    'kill',
    (t2 - t1) | 0,
    'end',
    (t3 - t2) | 0,
    'start',
    (t4 - t3) | 0,
    JSON.stringify(c.refused),
  );
}
console.log(p.said);
await p.kill();
process.exit();
