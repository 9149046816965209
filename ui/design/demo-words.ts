import type { CarrierName } from '../../src/domain/calls/firing.ts';

export interface DemoLine {
  name: string;
  carrier: CarrierName;
}

/** What becomes of the texts of a practice in demo. */
export function demoWords(lines: readonly DemoLine[]): string {
  const real = lines.filter(({ carrier }) => carrier !== 'simulator');
  if (lines.length === 0) return 'For trying out: real callers are in production.';
  if (real.length === 0) return 'Texts are simulated: they reach the handset and no real phone.';
  return real.length === lines.length
    ? 'Texts reach real phones.'
    : `Texts are simulated, but those of ${real.map(({ name }) => name).join(', ')} reach real phones.`;
}
