/** Where the docs say that arrays are views of the input, no byte of them is copied. */
import { describe, expect, it } from 'vitest';
import { load, loads, type NdArray, type Tensor } from '../../src/index.ts';
import { npy, torchZip, zip } from '../hostile/forged.ts';
import { ENGINES } from '../support/engines.ts';
import { legacyTensor, tensorOpcodes } from './torch-bytes.ts';

const four = Float32Array.of(1, 2, 3, 4);
const fourBytes = new Uint8Array(four.buffer);
const square = { length: 4, shape: [2, 2], strides: [2, 1] };
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const joined = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin1(part) : part))));
const dtype = 'cnumpy\ndtype\nX\x02\0\0\0f4\x89\x88\x87R(K\x03X\x01\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb';

const FROM_BUFFER = `cnumpy.core.numeric\n_frombuffer\n(`;
const inBand = joined('\x80\x05', FROM_BUFFER, '\x8e\x10\0\0\0\0\0\0\0', fourBytes, dtype, 'K\x04\x85X\x01\0\0\0CtR.');
const outOfBand = joined('\x80\x05', FROM_BUFFER, '\x97', dtype, 'K\x04\x85X\x01\0\0\0CtR.');
const wrapper = (padding: number): Uint8Array =>
  joined(
    '\x80\x02cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(X\x08\0\0\0subclasscnumpy\nndarray\n',
    `X\x05\0\0\0shapeK\x04\x85X\x05\0\0\0orderX\x01\0\0\0CX\x05\0\0\0dtype${dtype}`,
    `X\x1b\0\0\0numpy_array_alignment_bytesK\x10ub${String.fromCharCode(padding)}${'\xff'.repeat(padding)}`,
    fourBytes,
    '.',
  );

/** The same file with its elements at each place that they may have within a word. */
const shifted = (bytes: Uint8Array): Uint8Array[] =>
  [0, 1, 2, 3].map((by) => {
    const room = new Uint8Array(bytes.length + by);
    room.set(bytes, by);
    return room.subarray(by);
  });

type Engine = (typeof ENGINES)[number];
type Reads = (bytes: Uint8Array, engine: Engine) => unknown;
const loaded: Reads = (bytes, engine) => load(bytes, { engine });
const dataOf = (value: unknown): ArrayBufferView =>
  (value instanceof Map ? [...value.values()][0] : ((value as { a?: NdArray }).a ?? (value as NdArray | Tensor)))
    .data as ArrayBufferView;

const ROWS: readonly (readonly [what: string, inputs: readonly Uint8Array[], read: Reads])[] = [
  ['bytearrays within a pickle', shifted(inBand), (bytes, engine) => loads(bytes, { engine })],
  ['.npy', [npy("'<f4'", '(4,)', fourBytes)], loaded],
  ['stored .npz', shifted(zip([{ name: 'a.npy', content: npy("'<f4'", '(4,)', fourBytes) }])), loaded],
  ['joblib, as it stands', [0, 1, 2, 3].map((padding) => wrapper(padding)), loaded],
  ['torch zip', shifted(torchZip(tensorOpcodes(square), fourBytes)), loaded],
  ['torch before zip', shifted(legacyTensor(square, [...four])), loaded],
];

describe.each(ENGINES)('arrays are views of the input, %s', (engine) => {
  it.each(ROWS)('of %s, where elements lie aligned', async (_, inputs, read) => {
    let views = 0;
    for (const bytes of inputs) {
      const data = dataOf(await read(bytes, engine));
      expect(data).toEqual(four);
      const at = Buffer.from(bytes.buffer).indexOf(fourBytes);
      const isAligned = at % 4 === 0;
      expect(data.buffer === bytes.buffer).toBe(isAligned);
      if (!isAligned) continue;
      views++;
      expect(data.byteOffset).toBe(at);
    }
    expect(views).toBeGreaterThan(0);
  });

  it('of buffers out of band', () => {
    const array = loads(outOfBand, { engine, buffers: [fourBytes] }) as NdArray;
    expect(array.data).toEqual(four);
    expect((array.data as Float32Array).buffer).toBe(four.buffer);
  });
});
