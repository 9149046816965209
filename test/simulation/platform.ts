import type { Env } from '../../src/env.ts';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';
import { Storage } from './storage.ts';

/** Everything that may go wrong around an object; how often, each from 0 to 1. */
export interface Faults {
  loss: number;
  crash: number;
  slowness: number;
}

export const NO_FAULTS: Faults = { loss: 0, crash: 0, slowness: 0 };

/** One life of an object, from when it is first needed until its memory is lost. */
export interface Life {
  isOver: boolean;
}

type Methods = Record<string, (...given: unknown[]) => unknown>;
type ObjectClass = new (ctx: DurableObjectState, env: Env) => object;

const ALARM_RETRY_MS = 2_000;
const UNREACHABLE_AFTER_MS = 1_000;

/** An object that can be called and that dies: what its storage holds is all that the next life knows. */
export class PlatformObject {
  readonly id: string;
  readonly storage: Storage;
  unreachableUntil = 0;
  /** Takes what it is asked and does nothing about it, not even fail. */
  silentUntil = 0;
  crashes = 0;
  alarmsRung = 0;
  readonly #platform: Platform;
  readonly #class: ObjectClass;
  #life: (Life & { object: object }) | null = null;
  #isAlarmRunning = false;

  constructor(platform: Platform, id: string, objectClass: ObjectClass) {
    this.#platform = platform;
    this.id = id;
    this.#class = objectClass;
    this.storage = new Storage(() => this.#expectAlarm());
  }

  /** The memory is gone. An alarm that was being worked on is brought again. */
  crash(): void {
    if (!this.#life) return;
    this.#platform.log(`crash of ${this.id}`);
    this.crashes += 1;
    this.#life.isOver = true;
    this.#life = null;
    this.#alarmFailed();
  }

  /** The object as it is in memory now, brought there if it is not. */
  wake(): { life: Life; methods: Methods } {
    if (!this.#life) {
      const life: Life = { isOver: false };
      const state = {
        id: { toString: () => this.id },
        storage: this.storage.seenWhile(() => !life.isOver),
        waitUntil: (work: Promise<unknown>) => void work.catch(() => {}),
        getWebSockets: () => [],
        getWebSocketAutoResponse: () => null,
        setWebSocketAutoResponse: () => {},
      };
      const ObjectInMemory = this.#class;
      const ctx = state as unknown as DurableObjectState;
      this.#life = Object.assign(life, { object: new ObjectInMemory(ctx, this.#platform.envFor(life)) });
    }
    return { life: this.#life, methods: this.#life.object as unknown as Methods };
  }

  // --- alarm ---------------------------------------------------------------------------------------

  /** After the clock jumped, too. */
  expectAlarm(): void {
    this.#expectAlarm();
  }

  #expectAlarm(): void {
    const at = this.storage.alarmAt;
    if (at === null) return;
    const { clock, faults, random } = this.#platform;
    const late = random.happens(faults.slowness) ? random.between(0, 4_000) : 0;
    clock.after(at - clock.now() + late, () => this.#ring(at));
  }

  #ring(at: number): void {
    if (this.storage.alarmAt !== at || this.#platform.clock.now() < at || this.#isAlarmRunning) return;
    this.alarmsRung += 1;
    this.#platform.log(`alarm of ${this.id}`);
    const { life, methods } = this.wake();
    this.#isAlarmRunning = true;
    this.storage.setAlarm(null);
    Promise.resolve(methods.alarm?.()).then(
      () => {
        if (life.isOver) return;
        this.#isAlarmRunning = false;
        this.#expectAlarm();
      },
      () => !life.isOver && this.#alarmFailed(),
    );
  }

  #alarmFailed(): void {
    if (!this.#isAlarmRunning) return;
    this.#isAlarmRunning = false;
    if (this.storage.alarmAt === null) this.storage.setAlarm(this.#platform.clock.now() + ALARM_RETRY_MS);
    else this.#expectAlarm();
  }
}

/** Where objects live, and the network between them and those who call them. */
export class Platform {
  readonly clock: Clock;
  readonly random: Random;
  faults: Faults = NO_FAULTS;
  readonly objects = new Map<string, PlatformObject>();
  readonly log: (line: string) => void;
  readonly #bindings: Partial<Env>;
  /** What a call came to, told before anybody else may learn it. */
  whenDone: (target: PlatformObject, method: string, given: unknown[], result: unknown) => void = () => {};

  constructor(clock: Clock, random: Random, log: (line: string) => void, bindings: Partial<Env>) {
    this.clock = clock;
    this.random = random;
    this.log = log;
    this.#bindings = bindings;
  }

  add(id: string, objectClass: ObjectClass): PlatformObject {
    const object = new PlatformObject(this, id, objectClass);
    this.objects.set(id, object);
    return object;
  }

  object(id: string): PlatformObject {
    const object = this.objects.get(id);
    if (!object) throw new Error(`there is no object ${id}`);
    return object;
  }

  /** What waits for a time of day waits for so much longer. */
  ranBackMs = 0;

  jumpClock(ms: number): void {
    this.ranBackMs += Math.max(0, -ms);
    this.log(`the clock jumps by ${ms} ms`);
    this.clock.jump(ms);
    for (const object of this.objects.values()) object.expectAlarm();
  }

  delay(): number {
    const { random, faults } = this;
    return random.happens(faults.slowness) ? random.between(0, 8_000) : random.between(1, 40);
  }

  envFor(life: Life): Env {
    const namespace = {
      idFromName: (name: string) => name,
      idFromString: (id: string) => id,
      get: (id: string) =>
        new Proxy(
          {},
          {
            get:
              (_, method) =>
              (...given: unknown[]) =>
                this.call(life, id, String(method), given),
          },
        ),
    };
    return { ...this.#bindings, CONVERSATION: namespace, INBOX: namespace } as unknown as Env;
  }

  /**
   * A call over the network. The request may be late or lost, so may the answer, and the object may die between
   * its turn and what it meant to do next. Whoever died while waiting never hears of it.
   */
  call(caller: Life | null, id: string, method: string, given: readonly unknown[]): Promise<unknown> {
    const target = this.object(id);
    const { clock, random, faults } = this;
    const sent = copyOf([...given]);
    return new Promise((resolve, reject) => {
      const answer = (tell: () => void, after = this.delay()) => {
        clock.after(after, () => {
          if (!caller?.isOver) tell();
        });
      };
      const fail = (reason: string) =>
        answer(() => reject(new Error(reason)), random.between(1, UNREACHABLE_AFTER_MS));
      if (caller?.isOver) return;
      if (random.happens(faults.loss)) return fail('the request was lost');
      clock.after(this.delay(), () => {
        if (target.unreachableUntil > clock.elapsed) return fail('the object cannot be reached');
        if (target.silentUntil > clock.elapsed)
          return clock.after(target.silentUntil - clock.elapsed, () => fail('the connection broke'));
        const { life, methods } = target.wake();
        const diesAfterTurn = random.happens(this.faults.crash);
        let result: unknown;
        try {
          result = methods[method]?.(...sent);
        } catch (error) {
          return fail(String(error));
        }
        if (!(result instanceof Promise)) this.whenDone(target, method, sent, result);
        if (diesAfterTurn) target.crash();
        Promise.resolve(result).then(
          (value) => {
            if (life.isOver || random.happens(this.faults.loss)) return fail('the answer was lost');
            const copy = copyOf(value);
            answer(() => resolve(copy));
          },
          (error: unknown) => fail(String(error)),
        );
      });
    });
  }
}

/** What goes over the network is a copy. All of it is plain data. */
function copyOf<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}
