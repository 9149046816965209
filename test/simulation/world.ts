import type { Clock } from './clock.ts';
import type { Platform, PlatformObject } from './platform.ts';
import type { Random } from './random.ts';
import type { Watch } from './watch.ts';

export const PRACTICE = 'lakeside';
export const PRACTICE_NAME = 'Lakeside Family Clinic';

/** All there is of one seed. */
export interface World {
  clock: Clock;
  random: Random;
  platform: Platform;
  inbox: PlatformObject;
  conversations: PlatformObject[];
  watch: Watch;
  /** Once `clock.elapsed` is this, nothing goes wrong any more. */
  calmAt: number;
}

/** As carriers, phone systems and pages do: the same call again until it is acknowledged. */
export function tell(
  world: World,
  target: PlatformObject,
  method: string,
  given: readonly unknown[],
  acknowledged: (result: { outcome: string }) => void,
  tries = 8,
): void {
  const { platform, clock, random } = world;
  platform.call(null, target.id, method, given).then(
    (result) => acknowledged(result as { outcome: string }),
    () => {
      if (tries === 1) return;
      const again = () => tell(world, target, method, given, acknowledged, tries - 1);
      clock.after(random.between(500, 6_000), again);
    },
  );
}
