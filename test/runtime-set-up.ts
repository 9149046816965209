import { env } from 'cloudflare:workers';
import { emptyData } from './empty-data.ts';

/** One isolate runs many files: each begins with the bindings as they are configured, and with nothing stored. */
const configured = globalThis as { bindings?: Record<string, unknown> };
configured.bindings ??= { ...env };
for (const name of Object.keys(env)) if (!(name in configured.bindings)) Reflect.deleteProperty(env, name);
Object.assign(env, configured.bindings);
await emptyData();
