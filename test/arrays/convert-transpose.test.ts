/** Fortran order to C order: both paths against a slow reference that is plain to see. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import * as convert from '../../src/arrays/convert/index.ts';
import { ENGINES } from '../support/engines.ts';
import { expectSame, noise, PATHS, shifted } from './convert-support.ts';

function transposedSlowly(source: Uint8Array, itemSize: number, shape: readonly number[]): Uint8Array {
  const out = new Uint8Array(source.length);
  const index = shape.map(() => 0);
  for (let at = 0; at < source.length; at += itemSize) {
    let target = 0;
    for (let d = 0; d < shape.length; d++) target = target * shape[d]! + index[d]!;
    for (let k = 0; k < itemSize; k++) out[target * itemSize + k] = source[at + k]!;
    for (let d = 0; d < shape.length && ++index[d]! === shape[d]; d++) index[d] = 0;
  }
  return out;
}

describe.each(ENGINES)('transposing, %s', (engine) => {
  const path = PATHS[engine];

  const SHAPES = [
    [2, 2],
    [3, 5],
    [8, 8],
    [16, 17],
    [33, 31],
    [7, 300],
    [300, 7],
    [257, 259],
    [2, 5000],
    [5000, 2],
    [1000, 1001],
    [2, 3, 4],
    [9, 8, 17],
    [100, 120, 3],
    [3, 120, 100],
    [5, 400, 7],
    [2, 2, 2, 2],
    [3, 9, 5, 8],
    [40, 3, 3, 50],
    [2, 3, 4, 5, 6],
    [7, 2, 9, 2, 11],
    [20, 2, 30, 2, 20],
  ];

  it.each([1, 2, 3, 4, 6, 8, 12, 16, 20])('bring arrays of %i-byte items from Fortran to C order', (itemSize) => {
    for (const shape of SHAPES) {
      const items = shape.reduce((product, extent) => product * extent, 1);
      for (const offset of items > 200_000 ? [0] : [0, 1, 2]) {
        const source = noise(items * itemSize, offset);
        const out = shifted(new Uint8Array(source.length), offset === 2 ? 1 : 0);
        path.transpose(source, itemSize, shape, out);
        expectSame(out, transposedSlowly(source, itemSize, shape));
      }
    }
  });
});

describe('transposing', () => {
  it('bring any shape from Fortran to C order, and back', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 5 });
    fc.assert(
      fc.property(shape, fc.constantFrom(0, 1, 2, 3, 4, 8, 12, 16), (extents, itemSize) => {
        const items = extents.reduce((product, extent) => product * extent, 1);
        const source = noise(items * itemSize);
        const there = convert.transpose(source, itemSize, extents);
        if (itemSize > 0) expectSame(there, transposedSlowly(source, itemSize, extents));
        expectSame(convert.transpose(there, itemSize, extents.toReversed()), source);
      }),
      { numRuns: 500 },
    );
  });
});
