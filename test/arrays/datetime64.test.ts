import { describe, expect, it } from 'vitest';
import { Datetime64, dtypeOfText, Timedelta64 } from '../../src/index.ts';

const unitOf = (text: string): ConstructorParameters<typeof Datetime64>[1] => dtypeOfText(`M8[${text}]`)!.unit!;

describe('a Datetime64', () => {
  it.each([
    ['Y', 0n, '1970'],
    ['Y', -2925n, '-955'],
    ['Y', -1973n, '-003'],
    ['Y', 8030n, '10000'],
    ['M', 649n, '2024-02'],
    ['M', -1n, '1969-12'],
    ['3M', -1n, '1969-10'],
    ['W', 1n, '1970-01-08'],
    ['D', 19_782n, '2024-02-29'],
    ['D', -719_528n, '0000-01-01'],
    ['D', -719_529n, '-001-12-31'],
    ['h', -1n, '1969-12-31T23'],
    ['m', 1n, '1970-01-01T00:01'],
    ['25s', -5n, '1969-12-31T23:57:55'],
    ['ms', -1n, '1969-12-31T23:59:59.999'],
    ['ns', 2n ** 63n - 1n, '2262-04-11T23:47:16.854775807'],
    ['as', -1n, '1969-12-31T23:59:59.999999999999999999'],
    ['s', -(2n ** 63n), 'NaT'],
  ])('of unit %s and %s ticks is %s', (unit, ticks, text) => {
    expect(String(new Datetime64(ticks, unitOf(unit)))).toBe(text);
  });

  it('becomes a Date, of months and years too', () => {
    expect(new Datetime64(649n, unitOf('M')).toDate().toISOString()).toBe('2024-02-01T00:00:00.000Z');
    expect(new Datetime64(-1n, unitOf('Y')).toDate().toISOString()).toBe('1969-01-01T00:00:00.000Z');
    expect(new Datetime64(1_709_164_800_000_000_001n, unitOf('ns')).valueOf()).toBe(1_709_164_800_000);
    expect(new Datetime64(-1n, unitOf('us')).valueOf()).toBe(-1);
    expect(new Datetime64(-(2n ** 63n), unitOf('s')).valueOf()).toBeNaN();
  });
});

describe('a Timedelta64', () => {
  it('tells its count and its unit', () => {
    expect(String(new Timedelta64(-3n, unitOf('25us')))).toBe('-3 x 25us');
    expect(new Timedelta64(3n, unitOf('25us')).valueOf()).toBeCloseTo(0.075, 12);
    expect(new Timedelta64(2n, unitOf('D')).valueOf()).toBe(172_800_000);
    expect(new Timedelta64(1n, unitOf('M')).valueOf()).toBeNaN();
  });
});
