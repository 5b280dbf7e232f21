/** Whether every array of a value lies inside of the bytes that it is a view of. */
import { NdArray, Tensor } from '../../src/index.ts';
import { storageOf } from '../../src/arrays/storage.ts';

const MAX_VALUES = 20_000;

/** What is wrong with the arrays of a value, or null; and how many arrays it has, for a check that sees none proves nothing. */
export function boundsOf(value: unknown): { readonly wrong: string | null; readonly arrays: number } {
  const waiting: unknown[] = [value];
  const seen = new Set<object>();
  let arrays = 0;
  while (waiting.length > 0 && seen.size < MAX_VALUES) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) continue;
    if (next instanceof NdArray || next instanceof Tensor) {
      arrays++;
      const wrong = next instanceof NdArray ? wrongArray(next) : wrongTensor(next);
      if (wrong !== null) return { wrong, arrays };
    }
    if (next instanceof Map) for (const [key, item] of next) waiting.push(key, item);
    else if (next instanceof Set || Array.isArray(next)) for (const item of next) waiting.push(item);
    waiting.push(...Object.values(next));
  }
  return { wrong: null, arrays };
}

/** By arithmetic of its own: the first and the last entry that strides can reach. */
function wrongSpan(array: NdArray | Tensor, width: number, length: number): string | null {
  const { shape, strides, offset } = array;
  if (shape.includes(0)) return null;
  let [first, last] = [BigInt(offset), BigInt(offset)];
  for (const [axis, steps] of shape.entries()) {
    const reach = BigInt(strides[axis]!) * BigInt(steps - 1);
    if (reach < 0n) first += reach;
    else last += reach;
  }
  const isInside = first >= 0n && last + BigInt(width) <= BigInt(length);
  return isInside ? null : `(${String(shape)}) by (${String(strides)}) from ${offset} of ${length}`;
}

function wrongArray(array: NdArray): string | null {
  const { data, descr, shape } = array;
  const { width } = storageOf(descr);
  const wrong = wrongSpan(array, width, data.length);
  if (wrong !== null || shape.includes(0)) return wrong;
  if (ArrayBuffer.isView(data) && data.byteOffset + data.byteLength > data.buffer.byteLength)
    return 'its buffer is short';
  const corners = [shape.map(() => 0), shape.map((steps) => steps - 1)];
  return corners.some((index) => array.get(...index) === undefined) ? 'a corner has no element' : null;
}

function wrongTensor(tensor: Tensor): string | null {
  const { storage } = tensor;
  if (storage === null) return null;
  if (storage.bytes.length !== storage.byteLength) return 'its storage has another length';
  const array = tensor.toNdArray();
  const itemsize = array.descr.itemsize / (tensor.dtype === 'complex32' ? 2 : 1);
  return wrongSpan(tensor, 1, Math.floor(storage.byteLength / itemsize)) ?? wrongArray(array);
}
