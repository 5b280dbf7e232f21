import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  arrayFromBytes,
  arrayFromObjects,
  dtypeOfDescr,
  dtypeOfText,
  loads,
  NdArray,
  toJsonText,
} from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { bytes, dtype, fromBuffer, latin1, reconstructed, structDtype, tuple } from './pickles.ts';

const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

describe.each(ENGINES)('arrays of pickles, %s', (engine) => {
  const array = (pickle: Uint8Array, more: Parameters<typeof loads>[1] = {}): NdArray => {
    const value = loads(pickle, { engine, ...more });
    if (!(value instanceof NdArray)) throw new Error('no array');
    return value;
  };

  it('out of band are views of the buffer that was given', () => {
    const given = Float64Array.of(1, 2, 3, 4, 5, 6);
    const got = array(fromBuffer(tuple([2, 3]), dtype('f8')), { buffers: [given] });
    expect(got.data).toBeInstanceOf(Float64Array);
    expect((got.data as Float64Array).buffer).toBe(given.buffer);
    given[4] = 50;
    expect(got.get(1, 1)).toBe(50);
    expect([got.shape, got.strides, got.offset, got.order]).toEqual([[2, 3], [3, 1], 0, 'C']);
  });

  it('in band are views of the input where they lie aligned, and copies by copyBytes', () => {
    const head = '\x80\x05cnumpy._core.numeric\n_frombuffer\n(';
    // Values that are popped again move the bytes: K of three opcode bytes, N of two.
    const missing = 8 + ((8 - ((head.length + 5) % 8)) % 8);
    const padding = missing % 2 === 0 ? 'N0'.repeat(missing / 2) : `K\x010${'N0'.repeat((missing - 3) / 2)}`;
    const content = String.fromCharCode(...bytesOf(Float64Array.of(1, 2)));
    const pickle = latin1(`${head}${padding}B\x10\0\0\0${content}${dtype('f8')}${tuple([2])}VC\ntR.`);
    const got = array(pickle);
    expect((got.data as Float64Array).buffer).toBe(pickle.buffer);
    expect([...got]).toEqual([1, 2]);
    expect((array(pickle, { copyBytes: true }).data as Float64Array).buffer).not.toBe(pickle.buffer);
    expect(array(pickle, { exact: true }).writeable).toBe(false);
    const shifted = latin1(`${head}N0${padding}B\x10\0\0\0${content}${dtype('f8')}${tuple([2])}VC\ntR.`);
    expect((array(shifted).data as Float64Array).buffer).not.toBe(shifted.buffer);
    expect([...array(shifted)]).toEqual([1, 2]);
  });

  it('are copies where numbers cannot be read where they lie', () => {
    const odd = new Uint8Array(17).subarray(1);
    odd.set(bytesOf(Float64Array.of(1.5, -2)));
    const got = array(fromBuffer(tuple([2]), dtype('f8')), { buffers: [odd] });
    expect(Array.from(got.data as Float64Array)).toEqual([1.5, -2]);
    expect((got.data as Float64Array).buffer).not.toBe(odd.buffer);
    const swapped = array(fromBuffer(tuple([2]), dtype('i2', '>')), { buffers: [Uint8Array.of(1, 2, 255, 254)] });
    expect([...swapped]).toEqual([258, -2]);
    expect([swapped.descr.str, swapped.dtype]).toEqual(['>i2', 'int16']);
  });

  it('in Fortran order and in any order of axes are told by their strides', () => {
    const given = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const fortran = array(fromBuffer(tuple([2, 3]), dtype('u1', '|'), 'F'), { buffers: [given] });
    expect(fortran.order).toBe('F');
    expect(fortran.toNested()).toEqual([[1, 3, 5], [2, 4, 6]]); // prettier-ignore
    expect(fortran.toTyped()).toEqual(Uint8Array.of(1, 3, 5, 2, 4, 6));
    const turned = array(fromBuffer(tuple([1, 2, 3]), dtype('u1', '|'), 'K', tuple([2, 0, 1])), { buffers: [given] });
    expect(turned.shape).toEqual([3, 1, 2]);
    expect(turned.toNested()).toEqual([[[1, 4]], [[2, 5]], [[3, 6]]]);
    expect(bytesOf(turned.data as Uint8Array).buffer).toBe(given.buffer);
  });

  it('of a state are native, whatever byte order they were pickled in', () => {
    const got = array(reconstructed(tuple([2]), dtype('f4', '>'), bytes([0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0])));
    expect([...got]).toEqual([1.5, -2]);
    expect(got.descr.str).toBe('<f4');
    const text = array(reconstructed(tuple([1]), dtype('U2', '>', 8), bytes([0, 0, 0, 97, 0, 1, 0xf6, 0])));
    expect([...text]).toEqual(['a\u{1f600}']);
  });

  it('of Python 2 are the same by latin1 and by bytes', () => {
    const pickle = latin1(
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I3\ntcnumpy\ndtype\n(S'i2'\nI0\nI1\ntR" +
        "(I3\nS'<'\nNNNI-1\nI-1\nI0\ntbI00\nS'\\x01\\x00\\xff\\xff\\x00\\x80'\ntb.",
    );
    for (const encoding of ['latin1', 'bytes']) expect([...array(pickle, { encoding })]).toEqual([1, -1, -32768]);
  });

  it('of objects are lists, and may hold themselves', () => {
    const got = array(
      latin1(
        `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntRp7\n(I1\n(I2\nt${dtype('O8', '|')}I00\n(lp1\ng7\naVx\natb.`,
      ),
    );
    expect(got.get(0)).toBe(got);
    expect(got.get(1)).toBe('x');
    expect(got.dtype).toBe('object');
  });

  it('of classes that nobody knows stay inert, and hold arrays', () => {
    const own = latin1('cnumpy.core.multiarray\n_reconstruct\n(cmine\nTagged\n(I0\ntVb\ntR.');
    expect(String(loads(own, { engine }))).toBe('[object numpy.core.multiarray._reconstruct]');
  });

  it('of structs give records and fields', () => {
    const of = structDtype([['__proto__', dtype('i4'), 0], ['f', dtype('f8'), 4], ['s', dtype('S2', '|', 2), 12]], 14); // prettier-ignore
    const content = [...bytesOf(Int32Array.of(7)), ...bytesOf(Float64Array.of(2.5)), 0x61, 0];
    const got = array(reconstructed(tuple([2]), of, bytes([...content, ...content])));
    expect(Object.entries(got.row(1)!)).toEqual([['__proto__', 7], ['f', 2.5], ['s', 'a']]); // prettier-ignore
    expect(Object.getPrototypeOf(got.row(0))).toBe(Object.prototype);
    expect([...got.field('f')]).toEqual([2.5, 2.5]);
    expect([...got.rows()]).toHaveLength(2);
    expect(() => got.field('g')).toThrow(RangeError);
  });

  it('are known where nothing but the known may be named', () => {
    const got = array(fromBuffer(tuple([1]), dtype('f8')), { buffers: [Float64Array.of(1)], globals: 'strict' });
    expect([...got]).toEqual([1]);
    const state = reconstructed(tuple([1]), dtype('i2'), bytes([1, 0]));
    expect([...array(state, { globals: 'strict' })]).toEqual([1]);
    expect(String(loads(state, { engine, globals: 'inert' }))).toBe('[object numpy.core.multiarray._reconstruct]');
  });

  it('scalars are numbers, and tell their dtype in an exact decode', () => {
    const pickle = latin1(`cnumpy.core.multiarray\nscalar\n(${dtype('i8')}${bytes([5, 0, 0, 0, 0, 0, 0, 0])}tR.`);
    expect(loads(pickle, { engine })).toBe(5);
    expect(loads(pickle, { engine, int: 'bigint' })).toBe(5n);
    expect(loads(pickle, { engine, exact: true })).toMatchObject({ value: 5n, dtype: { name: 'int64' } });
  });
});

describe('an NdArray', () => {
  const numbers = arrayFromBytes(bytesOf(Int16Array.of(0, 1, 2, 3, 4, 5)), dtypeOfText('<i2')!, [2, 3]);

  it('is indexed as numpy and scijs do it', () => {
    expect([numbers.get(1, 2), numbers.size, numbers.ndim, numbers.length]).toEqual([5, 6, 2, 2]);
    expect(numbers.stride).toBe(numbers.strides);
    expect((numbers.at(-1) as NdArray).toNested()).toEqual([3, 4, 5]);
    expect(numbers.at(2)).toBeUndefined();
    expect([...numbers].map((row) => (row as NdArray).get(0))).toEqual([0, 3]);
    expect([...numbers.flat()]).toEqual([0, 1, 2, 3, 4, 5]);
    for (const index of [[0], [2, 0], [0, -1], [0, 0.5], [0, 0, 0]]) {
      expect(() => numbers.get(...index)).toThrow(RangeError);
    }
  });

  it('has views that share its data', () => {
    const turned = numbers.transpose();
    expect([turned.shape, turned.order, turned.get(2, 1)]).toEqual([[3, 2], 'F', 5]);
    expect(turned.data).toBe(numbers.data);
    const each = turned.slice(0, 3, 2);
    expect([each.toNested(), each.order]).toEqual([[[0, 3], [2, 5]], 'K']); // prettier-ignore
    expect(turned.slice(-1).toNested()).toEqual([[2, 5]]);
    expect(turned.slice(5).shape).toEqual([0, 2]);
    expect(() => numbers.transpose([0, 0])).toThrow(RangeError);
    expect(() => numbers.transpose([0, -1])).toThrow(RangeError);
  });

  it('gives its numbers one after another, without a copy where they lie so', () => {
    expect(numbers.toTyped()).toBe(numbers.data);
    expect((numbers.slice(1).toTyped() as Int16Array).buffer).toBe((numbers.data as Int16Array).buffer);
    expect(numbers.transpose().toTyped()).toEqual(Int16Array.of(0, 3, 1, 4, 2, 5));
    const wide = arrayFromBytes(bytesOf(BigInt64Array.of(-1n, 2n ** 60n)), dtypeOfText('i8')!, [2]);
    expect(wide.toTyped({ int64: 'number' })).toEqual(Float64Array.of(-1, 2 ** 60));
    expect(wide.toNested({ int64: 'auto' })).toEqual([-1, 2n ** 60n]);
    const half = arrayFromBytes(bytesOf(Uint16Array.of(0x3c00, 0xfc00, 1, 0x7bff)), dtypeOfText('e')!, [4]);
    expect(half.toTyped()).toEqual(Float32Array.of(1, -Infinity, 2 ** -24, 65504));
    expect([...half]).toEqual([1, -Infinity, 2 ** -24, 65504]);
  });

  it('gives complex numbers as pairs, bools, times and void', () => {
    const complex = arrayFromBytes(bytesOf(Float32Array.of(1, 2, 3, 4)), dtypeOfText('<c8')!, [2]);
    expect([complex.toNested(), complex.strides, complex.dtype]).toEqual([[[1, 2], [3, 4]], [2], 'complex64']); // prettier-ignore
    expect([...arrayFromBytes(Uint8Array.of(0, 1, 2), dtypeOfText('?')!, [3])]).toEqual([false, true, true]);
    const time = arrayFromBytes(bytesOf(BigInt64Array.of(-1n, -(2n ** 63n))), dtypeOfText('<M8[25s]')!, [2]);
    expect(Array.from(time, String)).toEqual(['1969-12-31T23:59:35', 'NaT']);
    expect(time.dtype).toBe('datetime64[25s]');
    expect([...arrayFromBytes(Uint8Array.of(1, 2), dtypeOfText('V1')!, [2])]).toEqual([Uint8Array.of(1), Uint8Array.of(2)]); // prettier-ignore
  });

  it('of a field is a view where it can be, and shows changes', () => {
    const descr = dtypeOfDescr([['a', '<i4'], ['b', '<i4', [2]], ['c', '>i4']]); // prettier-ignore
    const data = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const rows = arrayFromBytes(bytesOf(data), descr, [2]);
    const b = rows.field('b');
    expect([b.shape, b.toNested()]).toEqual([[2, 2], [[2, 3], [6, 7]]]); // prettier-ignore
    data[5] = 60;
    expect(b.get(1, 0)).toBe(60);
    expect([...rows.field('c')]).toEqual([0x04000000, 0x08000000]);
    expect(rows.get(0)).toEqual({ a: 1, b: [2, 3], c: 0x04000000 });
  });

  it('is JSON', () => {
    const big = arrayFromBytes(bytesOf(BigInt64Array.of(1n, 2n ** 60n)), dtypeOfText('i8')!, [1, 2]);
    expect(JSON.stringify(big)).toBe('{"dtype":"<i8","shape":[1,2],"data":[[1,"1152921504606846976"]]}');
  });

  it('is no list without end, where strides repeat an element', () => {
    const wide = new NdArray({
      data: Float64Array.of(1),
      descr: dtypeOfText('f8')!,
      shape: [2 ** 20, 2 ** 20],
      strides: [0, 0],
    });
    for (const list of [() => wide.toJSON(), () => wide.toNested(), () => toJsonText(wide)]) {
      expect(list).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
    }
  });

  it('is JSON of records, times and complex numbers too', () => {
    const descr = dtypeOfDescr([['i', '<i8'], ['t', '<M8[D]'], ['b', '<u8', [1, 2]]]); // prettier-ignore
    const rows = arrayFromBytes(bytesOf(BigInt64Array.of(-1n, 0n, 2n, -1n)), descr, [1]);
    expect(JSON.parse(JSON.stringify(rows))).toMatchObject({
      data: [{ i: -1, t: '1970-01-01', b: [[2, '18446744073709551615']] }],
    });
  });

  it('prints its elements, and ends within itself', () => {
    expect(inspect(numbers)).toBe('NdArray int16 (2, 3)\n  [[0 1 2]\n   [3 4 5]]');
    const items: unknown[] = [1];
    const own = arrayFromObjects(items, dtypeOfText('O')!, [1]);
    items[0] = own;
    expect(inspect(own, { depth: null })).toBe('NdArray object (1,) [[Circular]]');
    expect(toJsonText(own)).toBe('{"dtype":"|O","shape":[1],"data":[{"$cycle":1}]}');
    expect(inspect(numbers.descr)).toBe('Dtype <i2');
  });
});
