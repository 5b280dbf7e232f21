/** Pickles of libraries' values, written by hand in the text opcodes, and by the libraries where they are there. */
import { spawnSync } from 'node:child_process';
import { bytes, dtype, latin1, reconstructed, tuple } from '../arrays/pickles.ts';
import { python3 } from '../support/places.ts';

const textOf = (pickle: Uint8Array): string => String.fromCharCode(...pickle.subarray(0, pickle.length - 1));

/** The opcodes of an array of numbers in C order. */
export function array(of: 'i4' | 'i8' | 'f8' | 'u1', values: readonly number[], shape = [values.length]): string {
  const [size, put] = {
    i4: [4, (view: DataView, at: number, value: number) => view.setInt32(at, value, true)],
    i8: [8, (view: DataView, at: number, value: number) => view.setBigInt64(at, BigInt(value), true)],
    f8: [8, (view: DataView, at: number, value: number) => view.setFloat64(at, value, true)],
    u1: [1, (view: DataView, at: number, value: number) => view.setUint8(at, value)],
  }[of] as [number, (view: DataView, at: number, value: number) => void];
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, i) => put(view, i * size, value));
  const content = bytes([...new Uint8Array(view.buffer)]);
  return textOf(reconstructed(tuple(shape), dtype(of, of === 'u1' ? '|' : '<'), content));
}

/** The opcodes of an array of objects, of the opcodes of each. */
export const objects = (items: readonly string[]): string =>
  textOf(reconstructed(tuple([items.length]), dtype('O8', '|'), list(items)));

export const list = (items: readonly string[]): string => `(${items.join('')}l`;

export const dict = (entries: Readonly<Record<string, string>>): string =>
  `(${Object.entries(entries)
    .map(([key, value]) => `V${key}\n${value}`)
    .join('')}d`;

/** The opcodes of an instance and its state. */
export const instance = (module: string, name: string, state: string): string => `c${module}\n${name}\n)\x81${state}b`;

export const pickle = (opcodes: string): Uint8Array => latin1(`\x80\x02${opcodes}.`);

/** What a Python program prints as JSON; null where Python or a library that it needs is not there. */
export function fromPython(script: string): unknown {
  const python = python3();
  if (python === null) return null;
  const { status, stdout } = spawnSync(python, ['-c', script], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return status === 0 ? JSON.parse(stdout) : null;
}
