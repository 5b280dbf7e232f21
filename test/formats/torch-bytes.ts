/** Files of torch, written by hand. */

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
const int = (value: number): string =>
  `J${String.fromCharCode(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255)}`;
const ints = (values: readonly number[]): string => `(${values.map(int).join('')}t`;

export interface TensorPickle {
  readonly cls?: string;
  readonly key?: string;
  /** Elements of the storage. */
  readonly length: number;
  readonly offset?: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly metadata?: string;
}

/** The opcodes of a call of `_rebuild_tensor_v2`. */
export function tensorOpcodes(tensor: TensorPickle): string {
  const { cls = 'FloatStorage', key = '0', length, offset = 0, shape, strides, metadata = '' } = tensor;
  const storage = `(${text('storage')}ctorch\n${cls}\n${text(key)}${text('cpu')}${int(length)}tQ`;
  const hooks = 'ccollections\nOrderedDict\n)R';
  return `ctorch._utils\n_rebuild_tensor_v2\n(${storage}${int(offset)}${ints(shape)}${ints(strides)}\x89${hooks}${metadata}tR`;
}

export interface LegacyFile {
  /** Opcodes of the object. */
  readonly object: string;
  /** Keys, and the number of elements and the bytes that follow. */
  readonly storages: readonly (readonly [key: string, length: number, bytes: Uint8Array])[];
}

export function legacyFile({ object, storages }: LegacyFile): Uint8Array {
  const magic = '\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.';
  const keys = `\x80\x02](${storages.map(([key]) => text(key)).join('')}e.`;
  const head = latin1(`${magic}\x80\x02M\xe9\x03.\x80\x02}.\x80\x02${object}.${keys}`);
  const parts = storages.flatMap(([, length, bytes]) => [
    new Uint8Array(BigInt64Array.of(BigInt(length)).buffer),
    bytes,
  ]);
  return new Uint8Array(Buffer.concat([head, ...parts]));
}

/** A file of one tensor of float32. */
export function legacyTensor(tensor: TensorPickle, values: readonly number[] = []): Uint8Array {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return legacyFile({ object: tensorOpcodes(tensor), storages: [[tensor.key ?? '0', tensor.length, bytes]] });
}
