/** Conversions of arrays: both paths against slow references that are plain to see. */
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/arrays/convert/converters.ts';
import * as convert from '../../src/arrays/convert/index.ts';
import { plainConverters } from '../../src/arrays/convert/plain.ts';
import { WINDOW_BYTES } from '../../src/arrays/convert/wasm.ts';
import { ENGINES } from '../support/engines.ts';
import { expectSame, noise, PATHS, shifted, view } from './convert-support.ts';

/** Counts of items: all small ones, and those about the ends of windows. */
const COUNTS = [
  ...Array.from({ length: 201 }, (_, i) => i),
  ...[WINDOW_BYTES / 8, WINDOW_BYTES / 2, WINDOW_BYTES, 2 * WINDOW_BYTES].flatMap((n) => [n - 1, n, n + 1]),
];

const bitsOf = (floats: Float32Array) => new Uint32Array(floats.buffer, floats.byteOffset, floats.length);

function swappedSlowly(bytes: Uint8Array, itemSize: number): Uint8Array {
  return bytes.map((_, i) => bytes[i - (i % itemSize) + itemSize - 1 - (i % itemSize)]!);
}

/** The number of a float16 by its definition; NaN apart. */
function halfSlowly(half: number): number {
  const sign = half >>> 15 === 0 ? 1 : -1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

describe.each(ENGINES)('conversions, %s', (engine) => {
  const path = PATHS[engine];

  it.each([2, 4, 8, 16])('swap the bytes of %i-byte items', (itemSize) => {
    for (const count of COUNTS) {
      for (const offset of [0, 1, 2]) {
        const bytes = noise(count * itemSize, offset);
        const wanted = swappedSlowly(bytes, itemSize);
        const out = shifted(new Uint8Array(bytes.length), offset === 2 ? 1 : 0);
        path.swapBytes(bytes, itemSize, out);
        expectSame(out, wanted);
        path.swapBytes(bytes, itemSize, bytes);
        expectSame(bytes, wanted);
      }
    }
  });

  it('widen each float16, to the bit', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const out = new Float32Array(65536);
    for (const offset of [0, 1]) {
      path.float16ToFloat32(shifted(bytesOf(halves), offset), out);
      const bits = bitsOf(out);
      halves.forEach((half, i) => {
        const isNaN = (half & 0x7fff) > 0x7c00;
        const wanted = isNaN ? ((half & 0x8000) << 16) | 0x7f800000 | ((half & 0x3ff) << 13) : 0;
        const same = isNaN ? bits[i] === wanted >>> 0 : Object.is(out[i], halfSlowly(half));
        if (!same) expect({ half, bits: bits[i] }).toEqual({ half, bits: wanted >>> 0 });
      });
    }
  });

  it('widen each bfloat16, to the bit', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const out = new Float32Array(65536);
    for (const offset of [0, 1]) {
      path.bfloat16ToFloat32(shifted(bytesOf(halves), offset), out);
      expectSame(
        bitsOf(out),
        Array.from(halves, (half) => half * 65536),
      );
    }
  });

  it('widen as many halves as there are', () => {
    for (const count of COUNTS) {
      const bytes = noise(2 * count, 1);
      for (const name of ['float16ToFloat32', 'bfloat16ToFloat32'] as const) {
        const out = new Float32Array(count + 2).fill(7);
        path[name](bytes, out.subarray(1, count + 1));
        const whole = new Float32Array(count);
        plainConverters[name](bytes, whole);
        expectSame(bitsOf(out.subarray(1, count + 1)), bitsOf(whole));
        expect([out[0], out[count + 1]]).toEqual([7, 7]);
      }
    }
  });

  it('make 0 and 1 of bools', () => {
    for (const count of COUNTS) {
      const bytes = noise(count, 1).map((byte) => (byte < 128 ? 0 : byte));
      const out = new Uint8Array(count + 2).fill(7);
      path.boolsToBytes(bytes, out.subarray(1, count + 1));
      expectSame(out, [7, ...Array.from(bytes, (byte) => (byte === 0 ? 0 : 1)), 7]);
    }
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    path.boolsToBytes(all, all);
    expectSame(all, [0, ...Array.from({ length: 255 }, () => 1)]);
  });

  it('make numbers of int64 and uint64', () => {
    for (const signed of [true, false]) {
      for (const count of COUNTS) {
        const bytes = noise(8 * count, count % 2);
        for (let i = 0; i < count; i++) {
          // 53 bits and a sign, or, in every other array, 45: small ones have a way of their own.
          const high = view(bytes).getUint32(8 * i + 4, true) & (count % 2 === 0 ? 0x1fffff : 0x1fff);
          view(bytes).setUint32(8 * i + 4, high, true);
          if (signed && i % 3 === 0) view(bytes).setBigInt64(8 * i, -view(bytes).getBigInt64(8 * i, true), true);
        }
        const out = new Float64Array(count);
        expect(path.int64ToFloat64(bytes, signed, out)).toBe(true);
        expectSame(
          out,
          Array.from({ length: count }, (_, i) => Number(view(bytes).getBigInt64(8 * i, true))),
        );
      }
    }
  });

  it('refuse int64 and uint64 that are not exact', () => {
    const limit = 2n ** 53n - 1n;
    const values = [
      0n,
      1n,
      -1n,
      2n ** 51n,
      2n ** 51n - 1n,
      -(2n ** 51n),
      -(2n ** 51n) - 1n,
      2n ** 52n,
      2n ** 52n - 1n,
      limit,
      -limit,
      limit + 1n,
      -limit - 1n,
      limit + 2n,
      2n ** 62n,
      2n ** 63n - 1n,
    ];
    for (const value of [...values, -(2n ** 63n), 2n ** 63n, 2n ** 64n - 1n, -limit - 2n]) {
      for (const [at, count] of [
        [0, 1],
        [0, 2],
        [4, 5],
        [99, 100],
        [6000, 9000],
      ] as const) {
        for (const signed of [true, false]) {
          const bytes = new Uint8Array(8 * count);
          view(bytes).setBigUint64(8 * at, BigInt.asUintN(64, value), true);
          const exact = signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
          const safe = exact <= limit && exact >= -limit;
          const out = new Float64Array(count);
          expect([value, path.int64ToFloat64(bytes, signed, out)]).toEqual([value, safe]);
          if (safe) expect(out[at]).toBe(Number(exact));
        }
      }
    }
  });
});

describe('conversions', () => {
  it('take short and long inputs', () => {
    for (const count of [0, 1, 127, 128, 129, 5000]) {
      const bytes = noise(16 * count, 1);
      expectSame(convert.swapBytes(bytes, 16), swappedSlowly(bytes, 16));
      const halves = new Uint16Array(noise(16 * count).buffer);
      const wide = new Float32Array(halves.length);
      plainConverters.float16ToFloat32(bytesOf(halves), wide);
      expectSame(bitsOf(convert.float16ToFloat32(halves)), bitsOf(wide));
      expectSame(
        bitsOf(convert.bfloat16ToFloat32(halves)),
        Array.from(halves, (half) => half * 65536),
      );
      expectSame(
        convert.boolsToBytes(bytes),
        Array.from(bytes, (byte) => Number(byte !== 0)),
      );
      expectSame(
        convert.toBooleans(bytes),
        Array.from(bytes, (byte) => byte !== 0),
      );
      const integers = BigInt64Array.from({ length: count }, (_, i) => BigInt(i - 50) ** 3n);
      expectSame(convert.int64ToFloat64(integers)!, Array.from(integers, Number));
      const unsigned = BigUint64Array.from({ length: count }, (_, i) => BigInt(i) ** 3n);
      expectSame(convert.uint64ToFloat64(unsigned)!, Array.from(unsigned, Number));
    }
    expect(convert.int64ToFloat64(BigInt64Array.of(2n ** 53n))).toBe(null);
    expect(convert.uint64ToFloat64(new BigUint64Array(1000).fill(2n ** 53n))).toBe(null);
  });

  it('take bytes of Node, whose slices share memory', () => {
    const pool = Buffer.from(noise(9, 0));
    const bytes = pool.subarray(1);
    const before = [...bytes];
    expectSame(convert.swapBytes(bytes, 4), swappedSlowly(Uint8Array.from(before), 4));
    expect([...bytes]).toEqual(before);
  });

  it('refuse sizes that do not fit', () => {
    const seven = new Uint8Array(7);
    const calls = [
      () => convert.swapBytes(seven, 2),
      () => convert.swapBytes(new Uint8Array(8), 4, seven),
      () => convert.float16ToFloat32(seven),
      () => convert.bfloat16ToFloat32(new Uint16Array(3), new Float32Array(2)),
      () => convert.boolsToBytes(seven, new Uint8Array(8)),
      () => convert.int64ToFloat64(seven),
      () => convert.uint64ToFloat64(new Uint8Array(16), new Float64Array(1)),
      () => convert.transpose(seven, 1, [2, 3]),
      () => convert.transpose(new Uint8Array(6), 1, [-2, -3]),
      () => convert.transpose(new Uint8Array(6), 1, [1.5, 4]),
      () => convert.transpose(new Uint8Array(6), -1, [2, 3]),
      () => convert.transpose(new Uint8Array(6), 1, [2, 3], seven),
      () => convert.ucs4ToStrings(seven, 1),
      () => convert.ucs4ToStrings(new Uint8Array(8), 0),
      () => convert.ucs4ToStrings(new Uint8Array(8), 0.5),
    ];
    for (const call of calls) expect(call).toThrow(RangeError);
  });
});
