import { describe, expect, it } from 'vitest';
import { Dtype, dtypeOfText, loads, NdArray, PickleError } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { bytes, dtype, fromBuffer, latin1, reconstructed, structDtype, tuple } from './pickles.ts';

const f8 = dtype('f8');
const eight = bytes([0, 0, 0, 0, 0, 0, 0, 0]);
const refs = (count: number): string => `(${'Vx\n'.repeat(count)}l`;

/** A dtype of two fields that are one dtype, doubled as often: 2 ** levels values of one byte. */
function doubled(levels: number): string {
  let of = dtype('u1', '|');
  for (let i = 0; i < levels; i++) of = structDtype([['a', `${of}p${i}\n`, 0], ['b', `g${i}\n`, 0]], 1); // prettier-ignore
  return of;
}

function nested(levels: number): string {
  let of = dtype('u1', '|');
  for (let i = 0; i < levels; i++) of = structDtype([['a', of, 0]], 1);
  return of;
}

const CASES: readonly (readonly [string, Uint8Array])[] = [
  ['more elements than bytes', reconstructed(tuple([2]), f8, eight)],
  ['fewer elements than bytes', reconstructed(tuple([0]), f8, eight)],
  ['a negative length', reconstructed(tuple([-1]), f8, eight)],
  ['two negative lengths', reconstructed(tuple([-1, -1]), f8, eight)],
  ['a shape whose product wraps in 32 bits', reconstructed(tuple([65_537, 65_537, 1]), f8, eight)],
  ['a shape whose product wraps in 64 bits', reconstructed(tuple([2n ** 32n, 2n ** 32n + 1n]), f8, eight)],
  ['a shape beyond all', reconstructed(tuple([2n ** 200n]), f8, eight)],
  ['a shape of 65 dimensions', reconstructed(tuple(new Array<number>(65).fill(1)), f8, eight)],
  ['a shape that is no tuple', reconstructed('I1\n', f8, eight)],
  ['a length that is a float', reconstructed('(F0.5\nt', f8, eight)],
  ['a length that is a text', reconstructed('(V1\nt', f8, eight)],
  ['a billion elements of no bytes', reconstructed(tuple([1_000_000_000]), dtype('S0', '|', 0), bytes([]))],
  ['objects in bytes', reconstructed(tuple([1]), dtype('O8', '|'), eight)],
  ['objects in a buffer', fromBuffer(tuple([1]), dtype('O8', '|'))],
  ['objects within a struct in bytes', reconstructed(tuple([1]), structDtype([['o', dtype('O8', '|'), 0]], 8), eight)],
  ['fewer objects than elements', reconstructed(tuple([3]), dtype('O8', '|'), refs(2))],
  ['more objects than elements', reconstructed(tuple([1]), dtype('O8', '|'), refs(2))],
  ['a list of numbers', reconstructed(tuple([1]), f8, refs(1))],
  ['no contents', reconstructed(tuple([1]), f8, 'N')],
  ['text beyond Latin-1', reconstructed(tuple([1]), f8, 'V\\u0100\\u0100\\u0100\\u0100\n')],
  ['a dtype that is none', reconstructed(tuple([1]), 'Vf8\n', eight)],
  ['an unknown dtype', reconstructed(tuple([1]), dtype('f7'), eight)],
  ['an unknown byte order', reconstructed(tuple([1]), dtype('f8', '^'), eight)],
  ['an itemsize below zero', reconstructed(tuple([1]), dtype('V8', '|', -8), eight)],
  ['an itemsize of 2 GiB', reconstructed(tuple([1]), dtype('V8', '|', 2 ** 31), eight)],
  ['a str of 6 bytes', reconstructed(tuple([1]), dtype('U1', '<', 6), bytes([0, 0, 0, 0, 0, 0]))],
  ['a str that ends within a character', reconstructed(tuple([1]), dtype('U2', '>', 8), bytes([0, 0, 0, 0, 0]))],
  ['a field behind the end', reconstructed(tuple([1]), structDtype([['a', f8, 1]], 8), eight)],
  ['a field before the start', reconstructed(tuple([1]), structDtype([['a', f8, -1]], 8), eight)],
  ['a field far away', reconstructed(tuple([1]), structDtype([['a', f8, Number.MAX_SAFE_INTEGER]], 8), eight)],
  ['a name twice', reconstructed(tuple([1]), structDtype([['a', dtype('i4'), 0], ['a', dtype('i4'), 4]], 8), eight)], // prettier-ignore
  ['a dtype doubled 30 times', reconstructed(tuple([1]), doubled(30), bytes([0]))],
  ['a dtype 100 levels deep', reconstructed(tuple([1]), nested(100), bytes([0]))],
  [
    'a dtype that is a field of itself',
    latin1('cnumpy\ndtype\n(VV8\nI00\nI01\ntRp1\n(I3\nV|\nN(Va\nt(dVa\n(g1\nI0\ntsI8\nI1\nI0\ntb.'),
  ],
  ['a dtype with two states', latin1(`${f8}(I3\nV>\nNNNI-1\nI-1\nI0\ntb.`)],
  ['a dtype with a state of 3', latin1('cnumpy\ndtype\n(Vf8\nI00\nI01\ntR(I3\nV<\nNtb.')],
  ['a dtype of version 5', latin1('cnumpy\ndtype\n(Vf8\nI00\nI01\ntR(I5\nV<\nNNNI-1\nI-1\nI0\ntb.')],
  ['a subarray of another size', latin1(`cnumpy\ndtype\n(VV8\nI00\nI01\ntR(I3\nV|\n(${f8}(I2\nttNNI8\nI1\nI0\ntb.`)],
  ['a divided unit', latin1("cnumpy\ndtype\n(VM8\nI00\nI01\ntR(I4\nV<\nNNNI-1\nI-1\nI0\n(N(Vs\nI1\nI2\nI1\ntttb.")], // prettier-ignore
  ['an array state of 3', latin1('cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntR(I1\nNNtb.')],
  ['an array state of none', latin1('cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntRNb.')],
  ['a buffer that is too short', fromBuffer(tuple([2]), f8)],
  ['a buffer in an unknown order', fromBuffer(tuple([1]), f8, 'Z')],
  ['axes that are no order', fromBuffer(tuple([1, 1]), f8, 'K', tuple([0, 0]))],
  ['axes that are not there', fromBuffer(tuple([1, 1]), f8, 'K', tuple([0, 2]))],
  ['a scalar of too few bytes', latin1(`cnumpy.core.multiarray\nscalar\n(${f8}${bytes([0])}tR.`)],
];

describe.each(ENGINES)('refused by %s', (engine) => {
  it.each(CASES)('%s', (_what, pickle) => {
    for (const exact of [false, true]) {
      const decode = (): unknown => loads(pickle, { engine, exact, buffers: [new Uint8Array(8)] });
      expect(decode).toThrow(PickleError);
      expect(decode).toThrow(/^INVALID_STATE at byte \d+/);
    }
  });
});

it('says why', () => {
  const text = loadsError(fromBuffer(tuple([2]), f8));
  expect(text).toMatch(/^INVALID_STATE at byte \d+.*: .*is not of 8 bytes/s);
});

function loadsError(pickle: Uint8Array): string {
  try {
    loads(pickle, { buffers: [new Uint8Array(8)] });
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

describe('an NdArray is refused', () => {
  const descr = dtypeOfText('u1')!;
  const data = new Uint8Array(6);

  it.each([
    ['strides that reach too far', { shape: [2, 3], strides: [3, 2] }],
    ['strides below the start', { shape: [2], strides: [-1] }],
    ['an offset behind the end', { shape: [1], offset: 6 }],
    ['an offset below zero', { shape: [1], offset: -1 }],
    ['an offset that is no number', { shape: [1], offset: NaN }],
    ['strides for other dimensions', { shape: [2], strides: [] }],
  ])('of %s', (_what, parts) => {
    expect(() => new NdArray({ data, descr, ...parts })).toThrow(PickleError);
  });

  it('but not of what is inside', () => {
    expect(new NdArray({ data, descr, shape: [3], strides: [-2], offset: 5 }).strides).toEqual([-2]);
    expect(new NdArray({ data, descr, shape: [1000], strides: [0] }).get(999)).toBe(0);
    expect(new NdArray({ data, descr, shape: [0], offset: 6 }).size).toBe(0);
    expect(new Dtype({ kind: 'V', itemsize: 0, byteorder: '|' }).itemsize).toBe(0);
  });
});
