/** Parts of a value by their place, as `arrays` and `tensors` of the semantic truths name them. */
import { NdArray, PyInert, PyObject, Tensor, TorchStorage } from '../../src/index.ts';

/** The first step to a storage, wherever it is: the next is its key. */
export const STORAGE = '(storage)';

/** @throws Error where nothing is at a step */
export function partAt(value: unknown, at: readonly (string | number)[]): unknown {
  let here = value;
  if (at[0] === STORAGE) return storageIn(value, String(at[1])) ?? missing(at);
  for (const step of at) {
    const next = stepInto(here, step);
    if (next === undefined) return missing(at, step);
    here = next.value;
  }
  return here;
}

function missing(at: readonly (string | number)[], step: string | number = at[0]!): never {
  throw new Error(`nothing at ${JSON.stringify(step)} of ${JSON.stringify(at)}`);
}

/** The storage of a key, wherever it is in a value. */
function storageIn(value: unknown, key: string): TorchStorage | undefined {
  const seen = new Set<unknown>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const here = open.pop();
    if (here instanceof TorchStorage && here.key === key) return here;
    if (typeof here !== 'object' || here === null || seen.has(here)) continue;
    seen.add(here);
    if (here instanceof Tensor) open.push(here.storage);
    else if (here instanceof Map) open.push(...here.values());
    else if (here instanceof PyObject) open.push(here.args, ...here.states, here.setItems, here.appends);
    else if (Array.isArray(here)) open.push(...(here as unknown[]));
  }
  return undefined;
}

function stepInto(value: unknown, step: string | number): { readonly value: unknown } | undefined {
  if (value instanceof PyInert) {
    if (step === 'state') return { value: value.state };
    if (step === 'items' || step === 'append') return { value: value.appends };
    if (step === 'dict' || step === 'setitem') return { value: new Map(value.setItems) };
    if (value instanceof PyObject && (step === 'args' || step === 'kwargs')) return { value: value[step] };
    // Some classes are dicts: then the key follows.
    const entry = value.setItems?.find(([key]) => key === step);
    return entry && { value: entry[1] };
  }
  // A parameter was made of a tensor.
  if (value instanceof Tensor && step === 'args') return { value: [new Tensor({ ...value, requiresGrad: false })] };
  // What stands in a stream in place of an array is that array.
  if (value instanceof NdArray && step === 'pickle') return { value };
  if (value instanceof NdArray && step === 'state') {
    return { value: [1, value.shape, value.descr, value.order === 'F', [...value.flat()]] };
  }
  if (Array.isArray(value)) return typeof step === 'number' && step < value.length ? { value: value[step] } : undefined;
  if (value instanceof Map) {
    for (const key of [step, BigInt(Number.isInteger(step) ? step : 0)]) {
      if (value.has(key)) return { value: value.get(key) };
    }
    return [...value.entries()]
      .map(([key, entry]) => ({ key: String(key), value: entry as unknown }))
      .find(({ key }) => key === String(step));
  }
  return undefined;
}

/** An array of a subclass as one of numpy's own; anything else as it is. */
export function plainArray(value: unknown): unknown {
  if (!(value instanceof NdArray)) return value;
  const { data, descr, shape, strides, offset, writeable } = value;
  return new NdArray({ data, descr, shape, strides, offset, writeable });
}
