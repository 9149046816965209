import { stop as stopEsbuild } from 'esbuild';
import { startLocalServer } from '../../scripts/local-server.ts';
import { stateDir } from '../../scripts/state-dir.ts';
import { openAroundTheClock } from '../open-around-the-clock.ts';

/**
 * The product as `npm start` serves it, without building its pages first, in a process that a test may kill.
 * PORT and OFFHOOK_STATE say where; the line it prints says that it is ready.
 */
const server = await startLocalServer({ port: Number(process.env.PORT), stateDir: stateDir() });
await openAroundTheClock(server);
await stopEsbuild();
console.log(`serving ${server.origin}`);
