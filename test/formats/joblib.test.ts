import { describe, expect, it } from 'vitest';
import { load, loadAll, NdArray, type PyObject } from '../../src/index.ts';
import { chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';
import { file, latin1, wrapped } from './joblib-bytes.ts';

const three = new Uint8Array(Float64Array.of(1, 2, 3).buffer);

describe.each(ENGINES)('files of joblib, %s', (engine) => {
  it('give arrays between opcodes, with padding and without', async () => {
    const bytes = file('](', wrapped({ content: three }), wrapped({ padding: null, content: three }), 'K\x07e');
    const [first, second, last] = (await load(bytes, { engine })) as [NdArray, NdArray, number];
    expect([...first]).toEqual([1, 2, 3]);
    expect([...second]).toEqual([1, 2, 3]);
    expect(last).toBe(7);
  });

  it('give views of the file where elements lie aligned', async () => {
    for (let padding = 1; padding <= 16; padding++) {
      const bytes = file(wrapped({ padding, content: three }));
      const { data } = (await load(bytes, { engine })) as NdArray;
      const isAligned = (bytes.length - 25) % 8 === 0;
      expect((data as Float64Array).buffer === bytes.buffer).toBe(isAligned);
    }
  });

  it('give an array whose elements look like opcodes', async () => {
    const dots = new Uint8Array(24).fill(0x2e);
    const bytes = file(wrapped({ padding: null, descr: 'u1', shape: 'K\x18\x85', content: dots }));
    expect([...((await load(bytes, { engine })) as NdArray)]).toEqual(Array(24).fill(0x2e));
  });

  it('give object arrays by the pickles that stand there', async () => {
    const inner = latin1(
      '\x80\x02cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85c_codecs\nencode\nX\x01\0\0\0bX\x06\0\0\0latin1\x86R\x87R(K\x01K\x01\x85cnumpy\ndtype\nX\x02\0\0\0O8\x89\x88\x87R(K\x03X\x01\0\0\0|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x3ftb\x89](X\x03\0\0\0abcetb.',
    );
    const bytes = file('](', wrapped({ descr: 'O8', shape: 'K\x01\x85', padding: null, content: inner }), 'K\x07e');
    const [array, last] = (await load(bytes, { engine })) as [NdArray, number];
    expect([[...array], last]).toEqual([['abc'], 7]);
  });

  it('find an array that begins far behind', async () => {
    const filler = new Uint8Array(3 * 2 ** 20).fill(0x41);
    const length = new Uint8Array(Uint32Array.of(filler.length).buffer);
    const bytes = file('](', 'X', length, filler, wrapped({ content: three }), 'e');
    const [, array] = (await load(new Blob([bytes as Uint8Array<ArrayBuffer>]), { engine })) as [string, NdArray];
    expect([...array]).toEqual([1, 2, 3]);
    expect(((await load(bytes, { engine })) as unknown[])[1]).toBeInstanceOf(NdArray);
  });

  it('keep wrappers where nothing is to be resolved, and their bytes', async () => {
    const object = (await load(file(wrapped({ content: three })), { engine, globals: 'inert' })) as PyObject;
    expect(object.className).toBe('joblib.numpy_pickle.NumpyArrayWrapper');
    expect(object.states[0]).toMatchObject({ order: 'C' });
    expect(object.states[1]).toEqual(three);
  });

  it('give one value after another, as several calls of dump write them', async () => {
    const one = file(wrapped({ content: three }));
    const other = file('](', wrapped({ padding: null, content: three }), 'K\x07e');
    const all = new Uint8Array(Buffer.concat([one, latin1('I1\n.'), other]));
    const values: unknown[] = [];
    for await (const value of loadAll(all, { engine })) values.push(value);
    expect(values).toHaveLength(3);
    expect([...(values[0] as NdArray)]).toEqual([1, 2, 3]);
    expect(values[1]).toBe(1);
    expect([...(values[2] as [NdArray, number])[0]]).toEqual([1, 2, 3]);
    expect([...((await load(all, { engine })) as NdArray)]).toEqual([1, 2, 3]);
    const damaged = new Uint8Array(Buffer.concat([one, other.subarray(0, -2), latin1('\x01.')]));
    const rest = loadAll(damaged, { engine });
    expect((await rest.next()).value).toBeInstanceOf(NdArray);
    await expect(rest.next()).rejects.toMatchObject({ code: 'UNKNOWN_OPCODE', offset: damaged.length - 2 });
  });

  it('hide no pickle that only speaks of them', async () => {
    const values: unknown[] = [];
    for await (const value of loadAll(latin1('VNumpyArrayWrapper\n.I2\n.'), { engine })) values.push(value);
    expect(values).toEqual(['NumpyArrayWrapper', 2]);
  });

  it('are found in streams of single bytes, where a frame tells how much is to come', async () => {
    const name = 'joblib.numpy_pickle';
    const head = `\x8c${String.fromCharCode(name.length)}${name}\x8c\x11NumpyArrayWrapper\x93`;
    const length = String.fromCharCode(head.length);
    const body = wrapped({ content: three }).subarray('cjoblib.numpy_pickle\nNumpyArrayWrapper\n'.length);
    const bytes = new Uint8Array(
      Buffer.concat([latin1(`\x80\x04\x95${length}\0\0\0\0\0\0\0${head}`), body, latin1('.')]),
    );
    expect([...((await load(chunksOf(bytes, 1), { engine })) as NdArray)]).toEqual([1, 2, 3]);
  });

  it('tell the place in the file as it is', async () => {
    const bytes = file('](', wrapped({ content: three }), '\x01e');
    await expect(load(bytes, { engine })).rejects.toMatchObject({ code: 'UNKNOWN_OPCODE', offset: bytes.length - 3 });
    const late = file('](', wrapped({ content: three }), 'ctorch\nSize\n)b', 'e');
    await expect(load(late, { engine })).rejects.toMatchObject({ code: 'INVALID_OPERAND', offset: late.length - 3 });
  });

  it.each([
    ['fewer elements than the shape has', wrapped({ content: three.subarray(0, 8) }), 'TRUNCATED'],
    [
      'a shape that overflows',
      wrapped({ shape: '\x8a\x07\0\0\0\0\0\0\x10\x8a\x07\0\0\0\0\0\0\x10\x86', content: three }),
      'INVALID_STATE',
    ],
    ['a negative length', wrapped({ shape: 'J\xff\xff\xff\xff\x85', content: three }), 'INVALID_STATE'],
    ['a shape that is none', wrapped({ shape: 'N', content: three }), 'INVALID_STATE'],
    ['an order that is none', wrapped({ order: 'X', content: three }), 'INVALID_STATE'],
    ['a dtype that is none', wrapped({ descr: 'x8', content: three }), 'INVALID_STATE'],
    ['padding behind the end', wrapped({ padding: 255, content: three }).subarray(0, -270), 'TRUNCATED'],
  ] as const)('are refused with %s', async (_, part, code) => {
    await expect(load(file(part).subarray(0, -1), { engine })).rejects.toMatchObject({ code });
  });
});
