import { DurableObject } from 'cloudflare:workers';
import { Hono } from 'hono';
import { carrierHooks } from '/work/main/src/routes/carrier-hooks.ts';
import { simulator } from '/work/main/src/routes/simulator.ts';
import { Problem, problemResponse } from '/work/main/src/problem.ts';
export { Handset } from '/work/main/durable/handset.ts';
export class Conversation extends DurableObject {
  receive(t: unknown) { this.ctx.storage.kv.put('r' + Math.random(), t); return {outcome:'received'}; }
  recordDelivery(t: unknown) { this.ctx.storage.kv.put('d' + Math.random(), t); }
  all() { return [...this.ctx.storage.kv.list()]; }
}
export class Inbox extends DurableObject {}
const app = new Hono();
app.route('/', carrierHooks); app.route('/', simulator);
app.onError((e, c) => e instanceof Problem ? problemResponse(e, 'x') : (console.error(e), c.text('500', 500)));
export default app;
