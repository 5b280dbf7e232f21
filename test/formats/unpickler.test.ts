/** Classes of one's own for files in containers. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Unpickler, type NdArray, type Tensor } from '../../src/index.ts';
import { chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';
import { legacyFile, tensorOpcodes } from './torch-bytes.ts';

class Order {
  id = 0;
}

class Shop extends Unpickler {
  override findClass(module: string, name: string): unknown {
    return module === 'shop' && name === 'Order' ? Order : super.findClass(module, name);
  }

  override persistentLoad(id: unknown): unknown {
    return `loaded ${String(id)}`;
  }
}

const ORDER = 'cshop\nOrder\n)\x81}S"id"\nI7\nsb';
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe.each(ENGINES)('an Unpickler of compressed input, %s', (engine) => {
  it('registers classes, loads persistent ids, keeps its memo from pickle to pickle', async () => {
    const bytes = new Uint8Array(gzipSync(latin1(`\x80\x02(${ORDER}Pkey\nlq\0.h\0.`)));
    for (const source of [bytes, chunksOf(bytes, 5), new Blob([bytes as Uint8Array<ArrayBuffer>])]) {
      const unpickler = new Shop(source, { engine });
      const first = (await unpickler.load()) as [Order, string];
      expect(first[0]).toBeInstanceOf(Order);
      expect(first).toEqual([{ id: 7 }, 'loaded key']);
      expect(await unpickler.load()).toBe(first);
      await expect(unpickler.load()).rejects.toMatchObject({ code: 'EMPTY_INPUT' });
      await unpickler.close();
    }
  });

  it('tells of damaged data as load does', async () => {
    const bytes = gzipSync(latin1(`\x80\x02${ORDER}.`));
    bytes[bytes.length - 6]! ^= 1;
    const unpickler = new Shop(new Uint8Array(bytes), { engine });
    await expect(
      (async () => {
        for await (const value of unpickler) expect(value).toBeInstanceOf(Order);
      })(),
    ).rejects.toMatchObject({ code: 'CONTAINER_CHECKSUM' });
  });

  it('reads files of torch and of joblib, with classes of its own among them', async () => {
    const tensor = { length: 2, shape: [2], strides: [1] };
    const storage = new Uint8Array(Float32Array.of(1, 2).buffer);
    const torch = legacyFile({ object: `(${tensorOpcodes(tensor)}${ORDER}l`, storages: [['0', 2, storage]] });
    const [values, order] = (await new Shop(torch, { engine }).load()) as [Tensor, Order];
    expect([values.toNested(), order]).toEqual([[1, 2], { id: 7 }]);
    expect(order).toBeInstanceOf(Order);

    const dtype = 'cnumpy\ndtype\nS"u1"\n\x89\x88\x87R(K\x03S"|"\nNNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb';
    const state = `}(S"subclass"\ncnumpy\nndarray\nS"shape"\nK\x02\x85S"order"\nS"C"\nS"dtype"\n${dtype}u`;
    const joblib = latin1(`\x80\x02(cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81${state}b\x05\x06${ORDER}l.`);
    const [array, again] = (await new Shop(new Uint8Array(gzipSync(joblib)), { engine }).load()) as [NdArray, Order];
    expect([...array]).toEqual([5, 6]);
    expect(again).toBeInstanceOf(Order);
  });
});
