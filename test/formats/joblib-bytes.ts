/** Files of joblib, written by hand. */

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;

export interface Wrapped {
  readonly shape?: string;
  readonly descr?: string;
  readonly order?: string;
  readonly padding?: number | null;
  readonly content: Uint8Array;
}

/** A NumpyArrayWrapper and what stands behind its BUILD. */
export function wrapped({ shape = 'K\x03\x85', descr = 'f8', order = 'C', padding = 3, content }: Wrapped): Uint8Array {
  const dtype = `cnumpy\ndtype\n${text(descr)}\x89\x88\x87R(K\x03${text('<')}NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb`;
  const alignment = padding === null ? '' : `${text('numpy_array_alignment_bytes')}K\x10`;
  const state = `}(${text('subclass')}cnumpy\nndarray\n${text('shape')}${shape}${text('order')}${text(order)}${text('dtype')}${dtype}${alignment}u`;
  const pad = padding === null ? '' : String.fromCharCode(padding) + '\xff'.repeat(padding);
  return new Uint8Array(
    Buffer.concat([latin1(`cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81${state}b${pad}`), content]),
  );
}

/** A pickle of opcodes and arrays. */
export const file = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(['\x80\x02', ...parts, '.'].map((part) => (typeof part === 'string' ? latin1(part) : part))),
  );
