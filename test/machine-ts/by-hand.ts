/** Pickles written by hand, and what a machine of its own makes of them. */
import { expect } from 'vitest';
import { createTsMachine } from '../../src/machine/ts/machine.ts';
import type { MachineSettings } from '../../src/machine/port.ts';
import { describeGraph } from './describe-graph.ts';
import { drive, type DriveOptions } from './drive.ts';

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
export const ascii = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));
export const short = (text: string): number[] => [0x8c, text.length, ...ascii(text)];
export const bytesOf = (...parts: (number | Iterable<number>)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part))));

export const linesOf = (bytes: Uint8Array, options?: DriveOptions): string[] => {
  const driven = drive(createTsMachine(), bytes, options);
  expect(driven.error).toBeNull();
  return describeGraph(driven);
};
export const errorOf = (bytes: Uint8Array, settings?: Partial<MachineSettings>): string | undefined => {
  const { error } = drive(createTsMachine(), bytes, settings === undefined ? {} : { settings });
  return error === null ? undefined : `${error.code} at ${error.offset}`;
};
export const tagAt = (u32: Uint32Array, slot: number): number => u32[2 * slot + 1]! >>> 16;

export const MARK = 0x28;
export const STOP = 0x2e;
