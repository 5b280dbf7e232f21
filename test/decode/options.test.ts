/** Options that change values, and that are asked for again and again. */
import { describe, expect, it } from 'vitest';
import { loads } from '../../src/index.ts';
import type { DecodeOptions } from '../../src/spec/options.ts';
import { resolveOptions } from '../../src/values/resolve-options.ts';
import { ENGINES } from '../support/engines.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const ONE_AND_A_HALF = '47 3ff8000000000000';

describe.each(ENGINES)('lists of floats, %s', (engine) => {
  const typed = (text: string): unknown => loads(hex(text), { engine, list: 'typed' });

  it('are Float64Arrays where that is asked for', () => {
    expect(typed(`5d 28 ${ONE_AND_A_HALF} ${ONE_AND_A_HALF} 65 2e`)).toEqual(Float64Array.of(1.5, 1.5));
    expect(typed(`5d ${ONE_AND_A_HALF} 61 28 ${ONE_AND_A_HALF} 65 2e`)).toEqual(Float64Array.of(1.5, 1.5));
    expect(loads(hex(`5d 28 ${ONE_AND_A_HALF} 65 2e`), { engine })).toEqual([1.5]);
  });

  it('are lists where they hold anything else, or nothing', () => {
    expect(typed('5d 2e')).toEqual([]);
    expect(typed(`5d 28 ${ONE_AND_A_HALF} 4b01 65 2e`)).toEqual([1.5, 1]);
    // 2^40 is an int, of which doubles are exact.
    expect(typed('5d 28 8a06 000000000001 65 2e')).toEqual([2 ** 40]);
    expect(typed(`28 ${ONE_AND_A_HALF} 74 2e`)).toEqual([1.5]);
  });

  it('are one array where they are shared', () => {
    const [a, b] = typed(`5d 28 5d 94 28 ${ONE_AND_A_HALF} 65 68 00 65 2e`) as Float64Array[];
    expect(a).toEqual(Float64Array.of(1.5));
    expect(b).toBe(a);
  });
});

describe.each(ENGINES)('ints beyond 32 bits, %s', (engine) => {
  const list =
    '5d 28 8a06 000000000001 8a06 0000000000ff 8a08 ffffffffffff1f00 8a08 0000000000002000 47 3ff8000000000000 65 2e';

  it('are numbers where these are exact', () => {
    expect(loads(hex(list), { engine })).toEqual([2 ** 40, -(2 ** 40), 2 ** 53 - 1, 2n ** 53n, 1.5]);
    expect(loads(hex(list), { engine, int: 'number' })).toEqual([2 ** 40, -(2 ** 40), 2 ** 53 - 1, 2 ** 53, 1.5]);
    expect(loads(hex(list), { engine, int: 'bigint' })).toEqual([
      2n ** 40n,
      -(2n ** 40n),
      2n ** 53n - 1n,
      2n ** 53n,
      1.5,
    ]);
  });

  it('are the same keys as floats of the same value, and have no point as text', () => {
    const dict = '7d 28 8a06 000000000001 4b01 47 4270000000000000 4b02 75 2e';
    expect(loads(hex(dict), { engine })).toEqual(new Map([[2 ** 40, 2]]));
    expect(loads(hex('7d 28 8a06 000000000001 4b01 75 2e'), { engine, dict: 'object' })).toEqual({ 1099511627776: 1 });
  });
});

describe('options', () => {
  it('are resolved once for all calls that give the same', () => {
    const options: DecodeOptions = { engine: 'ts', int: 'bigint' };
    expect(resolveOptions({ ...options })).toBe(resolveOptions(options));
    expect(resolveOptions(undefined)).toBe(resolveOptions(undefined));
  });

  it('are told apart by each of them', () => {
    const other: Required<DecodeOptions> = {
      buffers: [],
      encoding: 'latin1',
      errors: 'replace',
      fixImports: false,
      int: 'bigint',
      tuple: 'tagged',
      list: 'typed',
      dict: 'map',
      copyBytes: true,
      exact: true,
      globals: 'strict',
      families: [],
      registry: {},
      persistentLoad: () => null,
      extensions: {},
      limits: {},
      engine: 'ts',
    };
    for (const name of Object.keys(other) as (keyof DecodeOptions)[]) {
      const plain = resolveOptions({});
      expect(resolveOptions({ [name]: other[name] }), name).not.toBe(plain);
      resolveOptions({ [name]: other[name] });
      expect(resolveOptions({}), name).toEqual(plain);
    }
  });

  it('that hold what may change are read each time', () => {
    const limits = { maxIntBytes: 10 };
    expect(resolveOptions({ limits }).limits.maxIntBytes).toBe(10);
    limits.maxIntBytes = 20;
    expect(resolveOptions({ limits }).limits.maxIntBytes).toBe(20);
  });
});
