import { describe, expect, test } from 'vitest';
import { paintFigures } from '../bench/page/paint-figures.ts';
import { figuresOfPart } from '../bench/part.ts';
import { median, quantile } from '../bench/quantiles.ts';

describe('quantiles', () => {
  test('are values that were measured', () => {
    expect(median([30, 10, 20])).toBe(20);
    expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
  });

  test('of nothing are refused', () => {
    expect(() => median([])).toThrow('nothing was measured');
  });
});

describe('paints', () => {
  const bare = [100, 10, 10, 10];

  test('are told as ratios over the bare page, without what came first', () => {
    const [p50, p99, missing] = paintFigures([900, 20, 20, 40], bare, 1, 5000);
    expect(p50?.measured).toBe('2.00 (20 ms over 10 ms)');
    expect(p99?.measured).toBe('4.00 (40 ms over 10 ms)');
    expect(missing).toMatchObject({ measured: '0', isMet: true });
  });

  test('that did not come are counted, and in no ratio', () => {
    const [p50, p99, missing] = paintFigures([null, 20, null, 20], bare, 1, 5000);
    expect(p50?.measured).toBe('2.00 (20 ms over 10 ms)');
    expect(p99?.measured).toBe('2.00 (20 ms over 10 ms)');
    expect(missing).toMatchObject({ measured: '2', isMet: false });
  });

  test('of which none came are no figure', () => {
    const [p50] = paintFigures([null, null], [10, 10], 0, 5000);
    expect(p50).toMatchObject({ measured: 'none was painted', isMet: false });
  });
});

describe('a part of the bench', () => {
  const figures = [{ what: 'texts', target: '', measured: '1' }];

  test('tells what it measured', async () => {
    expect(await figuresOfPart('painted', async () => figures, 60_000)).toEqual(figures);
  });

  test('that fails says why', async () => {
    const failing = () => Promise.reject(new Error('the bare page got no socket'));
    expect(await figuresOfPart('painted', failing, 60_000)).toEqual([
      { what: 'painted', target: '', measured: 'the bare page got no socket', isMet: false },
    ]);
  });

  test('that never ends is left', async () => {
    const [figure] = await figuresOfPart('painted', () => new Promise(() => {}), 20);
    expect(figure).toMatchObject({ what: 'painted', isMet: false });
  });
});
