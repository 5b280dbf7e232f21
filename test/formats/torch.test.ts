import { describe, expect, it } from 'vitest';
import { load, loadAll, loads, type PyObject, type Tensor } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { legacyFile, legacyTensor, tensorOpcodes } from './torch-bytes.ts';

const square = { length: 4, shape: [2, 2], strides: [2, 1] };

describe.each(ENGINES)('files of torch, %s', (engine) => {
  const read = async (bytes: Uint8Array): Promise<Tensor> => (await load(bytes, { engine })) as Tensor;

  it('are not made of the magic number alone, which is a pickle as any', async () => {
    const magic = Buffer.from('L119547037146038801333356L\n.', 'latin1');
    expect(await load(magic, { engine })).toBe(0x1950a86a20f9469cfc6cn);
  });

  it('give tensors that are views of the file', async () => {
    const bytes = legacyTensor(square, [1, 2, 3, 4]);
    const tensor = await read(bytes);
    expect(tensor.toNested()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(tensor.storage!.bytes.buffer).toBe(bytes.buffer);
    expect([tensor.dtype, tensor.shape, tensor.strides, tensor.get(1, 0)]).toEqual(['float32', [2, 2], [2, 1], 3]);
    expect(tensor.data).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(tensor.isContiguous).toBe(true);
  });

  it('may follow each other', async () => {
    const bytes = legacyTensor(square, [1, 2, 3, 4]);
    const values: unknown[] = [];
    for await (const value of loadAll(new Uint8Array(Buffer.concat([bytes, bytes])), { engine })) {
      values.push((value as Tensor).toNested());
    }
    const nested = [
      [1, 2],
      [3, 4],
    ];
    expect(values).toEqual([nested, nested]);
  });

  it('share one array among the tensors of a storage', async () => {
    const transposed = { ...square, strides: [1, 2] };
    const column = { ...square, shape: [2], strides: [2], offset: 1 };
    const object = `](${tensorOpcodes(square)}${tensorOpcodes(transposed)}${tensorOpcodes(column)}e`;
    const bytes = legacyFile({
      object,
      storages: [['0', 4, new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)]],
    });
    const [first, second, third] = (await load(bytes, { engine })) as [Tensor, Tensor, Tensor];
    expect(second.storage).toBe(first.storage);
    expect(second.toNdArray().data).toBe(first.toNdArray().data);
    expect(second.toNested()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(second.data).toEqual(Float32Array.of(1, 3, 2, 4));
    expect(third.toNested()).toEqual([2, 4]);
  });

  it('give conjugates and negatives as they are meant', async () => {
    const flags = (name: string): string => `}X${String.fromCharCode(name.length)}\0\0\0${name}\x88s`;
    const pairs = new Uint8Array(Float32Array.of(1, 2, 3, -4).buffer);
    const complex = { cls: 'ComplexFloatStorage', length: 2, shape: [2], strides: [1], metadata: flags('conj') };
    const conj = await read(legacyFile({ object: tensorOpcodes(complex), storages: [['0', 2, pairs]] }));
    expect(conj.toNested()).toEqual([
      [1, -2],
      [3, 4],
    ]);
    const neg = await read(legacyTensor({ ...square, metadata: flags('neg') }, [1, 2, 3, 4]));
    expect(neg.toTyped()).toEqual(Float32Array.of(-1, -2, -3, -4));
    expect(neg.storage!.data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it.each([
    ['strides that leave the storage', { ...square, strides: [3, 1] }, 'INVALID_STATE'],
    ['a stride that is negative', { ...square, strides: [-2, 1], offset: 2 }, 'INVALID_STATE'],
    ['an offset that is negative', { ...square, offset: -1 }, 'INVALID_STATE'],
    ['an offset behind the storage', { ...square, offset: 1 }, 'INVALID_STATE'],
    ['a shape that overflows', { ...square, shape: [2 ** 30, 2 ** 30], strides: [0, 2 ** 30] }, 'INVALID_STATE'],
    ['more strides than lengths', { ...square, strides: [2, 1, 1] }, 'INVALID_STATE'],
    ['a storage that is told too long', { ...square, length: 2 ** 30 }, 'TRUNCATED'],
  ] as const)('are refused with %s', async (_, tensor, code) => {
    await expect(read(legacyTensor(tensor, [1, 2, 3, 4]))).rejects.toMatchObject({ code });
  });

  it('are refused where the storages are not those of the object', async () => {
    const object = tensorOpcodes(square);
    const bytes = new Uint8Array(16);
    await expect(read(legacyFile({ object, storages: [] }))).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await expect(read(legacyFile({ object, storages: [['1', 4, bytes]] }))).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    await expect(read(legacyFile({ object, storages: [['0', 3, bytes]] }))).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    const twice = `](${object}${tensorOpcodes({ ...square, length: 5 })}e`;
    await expect(read(legacyFile({ object: twice, storages: [['0', 4, bytes]] }))).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
  });

  it('are read within pickles, and refused where they lie too deep', () => {
    const wrap = (bytes: Uint8Array): Uint8Array => {
      const length = new Uint8Array(Uint32Array.of(bytes.length).buffer);
      const parts = ['\x80\x03ctorch.storage\n_load_from_bytes\nB', length, bytes, '\x85R.'];
      return new Uint8Array(
        Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
      );
    };
    expect((loads(wrap(legacyTensor(square, [1, 2, 3, 4])), { engine }) as Tensor).get(1, 1)).toBe(4);
    const opcodes = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(2, -1)).toString('latin1');
    let deep = legacyTensor(square, [1, 2, 3, 4]);
    for (let i = 0; i < 5; i++) deep = legacyFile({ object: opcodes(wrap(deep)), storages: [] });
    expect(() => loads(wrap(deep), { engine })).toThrow(expect.objectContaining({ code: 'LIMIT_CONTAINERS' }) as Error);
  });

  it('stay inert where nothing is to be resolved', async () => {
    const object = (await load(legacyTensor(square, [1, 2, 3, 4]), { engine, globals: 'inert' })) as PyObject;
    expect(object.className).toBe('torch._utils._rebuild_tensor_v2');
    expect(object.args[0]).toMatchObject({ dtype: 'float32', length: 4 });
  });
});
