/** What tests of conversions share. */
import { expect } from 'vitest';
import type { Converters } from '../../src/arrays/convert/converters.ts';
import { plainConverters } from '../../src/arrays/convert/plain.ts';
import { createWasmConverters } from '../../src/arrays/convert/wasm.ts';
import type { ENGINES } from '../support/engines.ts';

export const PATHS: Readonly<Record<(typeof ENGINES)[number], Converters>> = {
  wasm: createWasmConverters(),
  ts: plainConverters,
};

/** Bytes that look like chance, starting at `offset` of their buffer. */
export function noise(length: number, offset = 0): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(length + offset), offset);
  let state = length + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export function shifted(bytes: Uint8Array, offset: number): Uint8Array {
  const moved = new Uint8Array(new ArrayBuffer(bytes.length + offset), offset);
  moved.set(bytes);
  return moved;
}

export const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** `toEqual` on long typed arrays is slow, and its difference unreadable. */
export function expectSame(found: ArrayLike<unknown>, wanted: ArrayLike<unknown>): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    if (!Object.is(found[i], wanted[i])) expect({ i, value: found[i] }).toEqual({ i, value: wanted[i] });
  }
}
