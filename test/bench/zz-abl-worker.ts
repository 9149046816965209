import { DurableObject } from 'cloudflare:workers';
import { CONVERSATION_SCHEMA } from '../../durable/conversation-store.ts';
const BIG = {a:'x'.repeat(400), n:1, s:{b:1,c:'hello'}};
export class O extends DurableObject {
  noop() {}
  row(){ this.ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL)'); this.ctx.storage.sql.exec('INSERT INTO rows (body) VALUES (?)','x'.repeat(150)); }
  tx(){ this.ctx.storage.transactionSync(()=>this.row()); }
  txkv(){ this.ctx.storage.transactionSync(()=>{this.row(); this.ctx.storage.kv.put('state',BIG)}); }
  kv(){ this.ctx.storage.kv.put('state',BIG); }
  kvget(){ this.ctx.storage.kv.get('state'); }
  alarm1(){ this.ctx.storage.transactionSync(()=>{this.row(); void this.ctx.storage.setAlarm(Date.now()+100000); }); }
  txkvalarm(){ this.ctx.storage.transactionSync(()=>{this.row(); this.ctx.storage.kv.put('state',BIG); void this.ctx.storage.setAlarm(Date.now()+100000); }); }
  big(){ this.ctx.storage.transactionSync(()=>{ for(const s of CONVERSATION_SCHEMA) this.ctx.storage.sql.exec(s); this.ctx.storage.sql.exec(`INSERT INTO messages (seq, id, kind, body, at, detail, status, status_at, attempt, tries, due_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,1,'abc','automatic','x'.repeat(150),1,'{}','queued',1,0,0,1,1); this.ctx.storage.kv.put('state',BIG); void this.ctx.storage.setAlarm(Date.now()+100000); }); }
  async big2(){ this.big(); await null; this.ctx.storage.sql.exec("UPDATE messages SET status='sending', attempt=attempt+1 WHERE seq=?",1); await (this.env as any).O2.get((this.env as any).O2.idFromName('one')).noop(); this.ctx.storage.sql.exec("UPDATE messages SET status='sent' WHERE seq=?",1);}
  override async alarm(){}
}
export class O2 extends DurableObject { noop(){} }
export default { async fetch(req:Request, env:any){ const u=new URL(req.url); const o=env.O.get(env.O.idFromName(u.searchParams.get('n')!)); if(u.pathname!=='/nothing') await (o as any)[u.pathname.slice(1)](); return new Response('ok'); } };
