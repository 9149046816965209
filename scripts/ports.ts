import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

const DEFAULT_PORT = 8787;
const TRIES = 100;
const RELEASE_TRIES = 15;

/** The port asked for by PORT, or the first free one from 8787 on. */
export async function choosePort(asked: string | undefined): Promise<number> {
  if (asked !== undefined && asked !== '') return askedPort(asked);
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + TRIES; port++) {
    if (await isFree(port)) return port;
  }
  throw new Refusal(
    `No port from ${DEFAULT_PORT} to ${DEFAULT_PORT + TRIES - 1} is free. Set PORT to one that is.`,
  );
}

async function askedPort(asked: string): Promise<number> {
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Refusal(`PORT is "${asked}", which is not a port. Set it to a number from 1 to 65535.`);
  }
  // A server that has just been ended may hold it for a moment more.
  for (let tries = 0; tries < RELEASE_TRIES; tries++) {
    if (await isFree(port)) return port;
    await setTimeout(100);
  }
  throw busy(port);
}

export function busy(port: number): Refusal {
  return new Refusal(
    `Port ${port} is busy: another program listens on it.\nStop that program, set PORT to another number, or leave PORT out to get the next free one.`,
  );
}

/** On every address, because a browser may try the other program's before ours. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, undefined)) && (await canListen(port, '127.0.0.1'));
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') {
        reject(new Refusal(`Port ${port} may only be used by an administrator. Set PORT to one above 1023.`));
      } else {
        resolve(false);
      }
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
