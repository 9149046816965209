import { stateDir } from '../../scripts/state-dir.ts';
import { openAroundTheClock } from '../open-around-the-clock.ts';
import { serving } from './serving.ts';

/**
 * The product as `npm start` serves it, without building its pages first, in a process that a test may kill.
 * PORT and OFFHOOK_STATE say where; the line it prints says that it is ready.
 */
const server = await serving({ port: Number(process.env.PORT), stateDir: stateDir() });
await openAroundTheClock(server);
console.log(`serving ${server.origin}`);
