import { DurableObject } from 'cloudflare:workers';

/**
 * The least that any Worker could do for the same event: what the product takes on top of this is its own.
 * Kept beside it, so that both are measured on the same machine in the same minute.
 */

export interface FloorEnv {
  OBJECT: DurableObjectNamespace<FloorObject>;
  HUB: DurableObjectNamespace<FloorHub>;
}

/** Stands for a conversation: one table, one row for an event. */
export class FloorObject extends DurableObject<FloorEnv> {
  constructor(ctx: DurableObjectState, env: FloorEnv) {
    super(ctx, env);
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  }

  write(body: string): void {
    this.ctx.storage.sql.exec('INSERT INTO rows (body) VALUES (?)', body);
  }

  async writeAndTell(body: string): Promise<void> {
    this.write(body);
    await this.env.HUB.get(this.env.HUB.idFromName('hub')).writeAndTell(body);
  }
}

/** Stands for an inbox: one row, then one frame to each socket. */
export class FloorHub extends DurableObject<FloorEnv> {
  constructor(ctx: DurableObjectState, env: FloorEnv) {
    super(ctx, env);
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  }

  writeAndTell(body: string): void {
    this.ctx.storage.sql.exec('INSERT INTO rows (body) VALUES (?)', body);
    for (const socket of this.ctx.getWebSockets()) socket.send(body);
  }

  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.send('connected');
    return new Response(null, { status: 101, webSocket: client });
  }
}

export default {
  async fetch(request, env): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/api/page')
      return new Response('<!doctype html><title>Bare</title><p></p>', {
        headers: { 'Content-Type': 'text/html' },
      });
    if (pathname === '/api/socket') return env.HUB.get(env.HUB.idFromName('hub')).fetch(request);
    const { caller, body } = await request.json<{ caller: string; body: string }>();
    const object = env.OBJECT.get(env.OBJECT.idFromName(caller));
    if (pathname === '/api/trigger') await object.write(body);
    else await object.writeAndTell(body);
    return Response.json({ ok: true });
  },
} satisfies ExportedHandler<FloorEnv>;
