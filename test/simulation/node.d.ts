/** What the simulation uses of Node. All of Node's types would contradict those of the Workers runtime. */

declare module 'node:sqlite' {
  export type SQLInputValue = null | number | string | Uint8Array;
  export class StatementSync {
    all(...bindings: SQLInputValue[]): Record<string, unknown>[];
  }
  export class DatabaseSync {
    constructor(path: string);
    exec(sql: string): void;
    prepare(sql: string): StatementSync;
  }
}

declare module 'node:util' {
  export function isDeepStrictEqual(one: unknown, other: unknown): boolean;
}

declare const process: {
  env: Record<string, string | undefined>;
  stdout: { write(text: string): void };
};
