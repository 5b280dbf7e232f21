/** The rows of the conformance vectors: pickles with what CPython says of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, readJsonLines, readMaybeGzip } from './json-lines.ts';
import { FIXTURES, shared } from './places.ts';

export interface VectorOptions {
  readonly encoding?: string;
  readonly errors?: string;
  readonly buffers?: readonly string[];
}

export interface Vector {
  readonly id: string;
  readonly hex?: string;
  readonly file?: string;
  readonly options: VectorOptions;
  readonly truth?: unknown;
  readonly truth_file?: string;
  readonly used?: number;
  readonly resolved?: unknown;
  readonly topic?: string;
  readonly tags?: readonly string[];
  readonly must?: 'error' | 'either';
  readonly prefer?: 'error' | 'value' | null;
}

export interface StreamVector {
  readonly id: string;
  readonly hex: string;
  readonly memo: 'fresh' | 'shared';
  readonly truths: readonly unknown[];
  readonly ends: readonly number[];
}

export interface DeepVector {
  readonly id: string;
  readonly parts: readonly (readonly [string, number])[];
  readonly length: number;
  readonly kind: string;
  readonly depth: number;
}

/** A place that holds vectors: one for each folder. */
export interface Place {
  readonly name: string;
  readonly folder: string;
}

/**
 * The folders of vectors. Rows of the shared folder that the fixtures hold word for word are not run twice.
 */
export function places(): Place[] {
  const list: Place[] = [{ name: 'fixtures', folder: join(FIXTURES, 'vectors') }];
  const more = shared('vectors');
  if (more !== null) list.push({ name: '../shared', folder: more });
  return list;
}

/** The rows of one table of a place, without those that an earlier place has. */
export function rowsOf<Row extends { readonly id: string }>(table: string, place: Place): Row[] {
  const seen = new Set<string>();
  for (const one of places()) {
    const path = join(one.folder, `${table}.jsonl`);
    const rows = existsSync(path) || existsSync(`${path}.gz`) ? readJsonLines<Row>(path) : [];
    if (one.folder === place.folder) return rows.filter((row) => !seen.has(JSON.stringify(row)));
    for (const row of rows) seen.add(JSON.stringify(row));
  }
  return [];
}

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

export function bytesOf(row: { readonly hex?: string; readonly file?: string }, place: Place): Uint8Array {
  if (row.hex !== undefined) return fromHex(row.hex);
  return new Uint8Array(readMaybeGzip(join(place.folder, row.file!)));
}

export function truthOf(row: Vector, place: Place): unknown {
  return row.truth_file === undefined ? row.truth : readJson(join(place.folder, row.truth_file));
}

export function decodeOptionsOf(row: Vector): { encoding?: string; errors?: string; buffers?: Uint8Array[] } {
  const { encoding, errors, buffers } = row.options;
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(errors === undefined ? {} : { errors }),
    ...(buffers === undefined ? {} : { buffers: buffers.map(fromHex) }),
  };
}

export const deepBytes = (row: DeepVector): Uint8Array =>
  fromHex(row.parts.map(([hex, times]) => hex.repeat(times)).join(''));

/** Names of the files in a folder, none where it is not there. */
export const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

export const readBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
