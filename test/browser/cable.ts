import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to the product that can be cut: for whoever uses it, the network is gone while the others stay connected. */
export class Cable {
  readonly #to: number;
  readonly #sockets = new Set<Socket>();
  #server: Server;
  #port = 0;
  #isMuted = false;

  constructor(origin: string) {
    this.#to = Number(new URL(origin).port);
    this.#server = this.#newServer();
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** On the same port as before, if there was one. */
  async connect(): Promise<void> {
    this.#server = this.#newServer();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  async cut(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Nothing gets through any more, and nobody is told: what is connected stays so, and can be connected anew. */
  mute(): void {
    this.#isMuted = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** What was connected meanwhile or before is lost, as after sleep; what begins now gets through. */
  unmute(): void {
    this.#isMuted = false;
  }

  #newServer(): Server {
    return createServer((near) => {
      if (this.#isMuted) {
        this.#sockets.add(near.on('error', () => {}).pause());
        return;
      }
      const far = connect(this.#to, '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.pipe(other);
        // A reset is what a cut is; the other side learns of it.
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
    });
  }
}
