/// <reference types="@cloudflare/vitest-plugin/types" />
import type { D1Migration } from 'cloudflare:test';
import type { Env as OffhookEnv } from '../src/env.ts';

declare global {
  namespace Cloudflare {
    /** `env` of cloudflare:workers in a test. */
    interface Env extends OffhookEnv {
      TEST_MIGRATIONS: D1Migration[];
    }
    /** `exports` of cloudflare:workers in a test. */
    interface GlobalProps {
      mainModule: typeof import('../src/worker.ts');
      durableNamespaces: 'Conversation' | 'Inbox' | 'AuditLog' | 'Handset' | 'LinePacer';
    }
  }
}
