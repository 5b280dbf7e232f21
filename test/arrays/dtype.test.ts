import { describe, expect, it } from 'vitest';
import { type Descr, dtypeOfDescr, dtypeOfText, PickleError } from '../../src/index.ts';
import { longdoubleToNumber } from '../../src/arrays/float-formats.ts';

describe('a dtype', () => {
  it.each([
    ['<f4', 'float32', '<f4', 4],
    ['float64', 'float64', '<f8', 8],
    ['>i2', 'int16', '>i2', 2],
    ['|b1', 'bool', '|b1', 1],
    ['?', 'bool', '|b1', 1],
    ['U5', 'str160', '<U5', 20],
    ['|S10', 'bytes80', '|S10', 10],
    ['V12', 'void96', '|V12', 12],
    ['O', 'object', '|O', 8],
    ['<M8[ns]', 'datetime64[ns]', '<M8[ns]', 8],
    ['m8[25us]', 'timedelta64[25us]', '<m8[25us]', 8],
    ['M8', 'datetime64', '<M8', 8],
    ['g', 'float128', '<f16', 16],
    ['c16', 'complex128', '<c16', 16],
    ['U0', 'str', '<U0', 0],
  ])('%s is %s', (text, name, str, itemsize) => {
    const dtype = dtypeOfText(text)!;
    expect([dtype.name, dtype.str, dtype.itemsize]).toEqual([name, str, itemsize]);
  });

  it.each(['', 'f3', 'x4', 'i8[ns]', 'M8[x]', 'M8[0s]', 'f99999999999', '<<f4', 'constructor', '__proto__'])(
    'is not %j',
    (text) => expect(dtypeOfText(text)).toBeUndefined(),
  );

  it('of fields is as an .npy header has it', () => {
    const dtype = dtypeOfDescr([['x', '<f4'], ['', '|V4'], [['Title', 'y'], [['z', '>i8']], [2, 3]]]); // prettier-ignore
    expect(dtype.itemsize).toBe(56);
    expect(dtype.fields!.map(({ name, offset }) => [name, offset])).toEqual([['x', 0], ['y', 8]]); // prettier-ignore
    expect(dtype.field('Title')!.dtype.subarray!.shape).toEqual([2, 3]);
  });

  it.each<readonly [string, unknown]>([
    ['a name twice', [['x', '<f4'], ['x', '<f4']]], // prettier-ignore
    ['a negative length', [['x', '<f4', [-1]]]],
    ['an unknown text', [['x', 'nothing']]],
    ['a number', 7],
    ['more bytes than a dtype has', [['x', '<f8', [2 ** 30]]]],
    ['too many values of no bytes', [['x', 'S0', [2 ** 30]]]],
    ['too many dimensions', [['x', '<f8', new Array(65).fill(1)]]],
    ['a list in itself', Array.from({ length: 100 }).reduce<unknown>((inner) => [['x', inner]], '<f4')],
  ])('is refused of %s', (_what, descr) => {
    expect(() => dtypeOfDescr(descr as Descr)).toThrow(PickleError);
  });
});

describe('a longdouble', () => {
  it.each([
    [0x8000000000000000n, 16_383, 1],
    [0xc000000000000000n, 16_383 | 0x8000, -1.5],
    [0xffffffffffffffffn, 16_383, 2],
    [0x8000000000000400n, 16_383, 1],
    [0x8000000000000401n, 16_383, 1 + 2 ** -52],
    [0x8000000000000c00n, 16_383, 1 + 2 ** -51],
    [0xfffffffffffff800n, 16_383 + 1023, Number.MAX_VALUE],
    [0xfffffffffffffc00n, 16_383 + 1023, Infinity],
    [0x8000000000000000n, 16_383 - 1074, 5e-324],
    [0x8000000000000000n, 16_383 - 1075, 0],
    [0x8000000000000001n, 16_383 - 1075, 5e-324],
    [0x8000000000000000n, 16_383 - 2000, 0],
    [0x8000000000000000n, 0x7fff, Infinity],
    [0xc000000000000000n, 0x7fff, NaN],
    [0n, 0x8000, -0],
  ])('of mantissa %s and exponent %s is %s', (mantissa, top, number) => {
    const view = new DataView(new ArrayBuffer(32));
    view.setBigUint64(1, mantissa, true);
    view.setUint16(9, top, true);
    expect(longdoubleToNumber(view, 1, 16, true)).toBe(number);
  });
});
