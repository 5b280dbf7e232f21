import { describe, expect, it } from 'vitest';
import { load, type NdArray } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { bytesOfCase } from '../support/hostile.ts';

/** An .npy file. The header is padded so that elements begin at a multiple of 64, as numpy has it. */
function npy(header: string, content: Uint8Array, version = 1): Uint8Array {
  const head = Buffer.from(header, version === 3 ? 'utf8' : 'latin1');
  const lengthBytes = version === 1 ? 2 : 4;
  const padding = (64 - ((8 + lengthBytes + head.length + 1) % 64)) % 64;
  const length = head.length + padding + 1;
  const sizes = version === 1 ? Uint16Array.of(length) : Uint32Array.of(length);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1'),
      new Uint8Array(sizes.buffer),
      head,
      Buffer.from(`${' '.repeat(padding)}\n`),
      content,
    ]),
  );
}

const header = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
const floats = new Uint8Array(Float64Array.of(1, 2, 3, 4, 5, 6).buffer);

describe.each(ENGINES)('.npy files, %s', (engine) => {
  const read = async (bytes: Uint8Array): Promise<NdArray> => (await load(bytes, { engine })) as NdArray;

  it.each([1, 2, 3])('of version %i give an array that is a view of the file', async (version) => {
    const bytes = npy(header("'<f8'", '(2, 3)'), floats, version);
    const array = await read(bytes);
    expect(array.toNested()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect((array.data as Float64Array).buffer).toBe(bytes.buffer);
  });

  it('give arrays in Fortran order, of other byte orders, of fields and of subarrays', async () => {
    expect((await read(npy(header("'<f8'", '(2, 3)', 'True'), floats))).toNested()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    expect((await read(npy(header("'>i2'", '(2,)'), Uint8Array.of(0, 1, 1, 0)))).toNested()).toEqual([1, 256]);
    const fields = "[('a', '<u2'), ('b', '|u1', (2,)), ('', '|V1'), ('é', '|S2')]";
    const record = Uint8Array.of(7, 0, 1, 2, 9, 104, 105);
    expect((await read(npy(header(fields, '(1,)'), record, 3))).row(0)).toEqual({ a: 7, b: [1, 2], é: 'hi' });
    expect((await read(npy(header("('<f8', (3,))", '(2,)'), floats))).shape).toEqual([2, 3]);
    expect((await read(npy(header("'<f8'", '()'), floats.slice(0, 8)))).get()).toBe(1);
    expect((await read(npy(header("'<f8'", '(0, 3L)'), new Uint8Array(0)))).shape).toEqual([0, 3]);
  });

  it('give what the pickle of an object array holds', async () => {
    expect(await read(npy(header("'|O'", '(1,)'), Buffer.from('](K\x01X\x01\0\0\0ae.', 'latin1')))).toEqual([1, 'a']);
  });

  it.each([
    ['too few elements', npy(header("'<f8'", '(7,)'), floats), 'TRUNCATED'],
    ['too many elements', npy(header("'<f8'", '(5,)'), floats), 'TRAILING_DATA'],
    ['a shape that overflows', npy(header("'<f8'", '(4294967296, 4294967296)'), floats), 'INVALID_STATE'],
    ['a negative length', npy(header("'<f8'", '(-6,)'), floats), 'INVALID_STATE'],
    ['a dtype that is none', npy(header("'<f7'", '(6,)'), floats), 'INVALID_STATE'],
    ['code', npy(`__import__('os').system('true')`, floats), 'INVALID_HEADER'],
    ['a missing key', npy(`{'descr': '<f8', 'shape': (6,)}`, floats), 'INVALID_HEADER'],
    ['a key twice', npy(`{'descr': '<f8', 'descr': '<f8', 'shape': (6,)}`, floats), 'INVALID_HEADER'],
    ['brackets within brackets', npy('('.repeat(60_000), floats), 'INVALID_HEADER'],
    ['a fraction', npy(header("'<f8'", '(6.0,)'), floats), 'INVALID_HEADER'],
    ['an unknown version', npy(header("'<f8'", '(6,)'), floats, 4), 'UNSUPPORTED_CONTAINER'],
  ] as const)('are refused with %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });

  it.each([
    ['npy_header_1g', 'TRUNCATED'],
    ['npy_shape_huge', 'LIMIT_ALLOC'],
    ['npy_header_code', 'INVALID_HEADER'],
  ])('of the hostile catalogue: %s is %s', async (name, code) => {
    const bytes = bytesOfCase(name);
    if (bytes === null) return;
    await expect(read(bytes)).rejects.toMatchObject({ code, offset: 0 });
  });
});
