/** Parts of a value by their place, as `arrays` and `tensors` of the semantic truths name them. */
import { NdArray, PyInert, PyObject } from '../../src/index.ts';

/** @throws Error where nothing is at a step */
export function partAt(value: unknown, at: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of at) {
    const next = stepInto(here, step);
    if (next === undefined) throw new Error(`nothing at ${JSON.stringify(step)} of ${JSON.stringify(at)}`);
    here = next.value;
  }
  return here;
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
