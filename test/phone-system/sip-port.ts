import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

export const HOST = '127.0.0.1';

/** A UDP port that nothing listens on. */
export async function freeSipPort(): Promise<number> {
  const socket = await bound();
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** Asks what listens on `port` whether it is there, as SIP does, until it answers or `isPointless`. */
export async function answers(port: number, isPointless: () => boolean): Promise<boolean> {
  const socket = await bound();
  let isAnswered = false;
  socket.once('message', () => {
    isAnswered = true;
  });
  const asked = options(port, socket.address().port);
  while (!isAnswered && !isPointless()) {
    socket.send(asked, port, HOST);
    await setTimeout(50);
  }
  socket.close();
  return isAnswered;
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, HOST);
  await once(socket, 'listening');
  return socket;
}

/** https://www.rfc-editor.org/rfc/rfc3261#section-11 */
function options(port: number, ownPort: number): string {
  return [
    `OPTIONS sip:${HOST}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${HOST}:${ownPort};branch=z9hG4bK-${ownPort}`,
    'Max-Forwards: 1',
    `From: <sip:test@${HOST}:${ownPort}>;tag=${ownPort}`,
    `To: <sip:${HOST}:${port}>`,
    `Call-ID: ready-${ownPort}@${HOST}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}
