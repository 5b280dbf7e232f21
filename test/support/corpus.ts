/**
 * The corpora beside the repository: `real` and `made-older` share one form of manifest, `made` has its own. Both become
 * one list of readings here: bytes, options and the truth wanted.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, readJsonLines } from './json-lines.ts';

export interface Reading {
  readonly id: string;
  /** The bytes, read when asked for. */
  bytes(): Uint8Array;
  buffers(): Uint8Array[] | undefined;
  readonly encoding: string;
  readonly errors: string;
  /** One pickle, or several: with a memo each, or with one for all. */
  readonly kind: 'pickle' | 'fresh memos' | 'one memo';
  /** How many pickles; Infinity: as many as there are. What follows is no part of them. */
  readonly pickles: number;
  readonly expect: 'value' | 'error' | 'either';
  /** Whether CPython's C unpickler gives a value where its Python one gives an error. */
  readonly cReads: boolean;
  /** Bytes that the one pickle takes, where it is told. */
  readonly used: number | undefined;
  /** The truth; undefined where only its digest is known. */
  truth(): unknown;
  /** SHA-256 of the truth's text. */
  readonly digest: string | undefined;
}

export interface Corpus {
  readonly readings: Reading[];
  /** How many entries lie in a wrapper that is not opened here (gzip, zip, joblib, torch ...), by wrapper. */
  readonly leftOut: Map<string, number>;
}

interface Step {
  readonly op: string;
  readonly offset?: number;
  readonly length?: number | null;
}

interface Stream {
  readonly steps: readonly Step[];
  readonly raw?: string;
  readonly kind: string;
  readonly pickles?: number;
  readonly used: number;
  readonly options: { readonly encoding: string; readonly errors: string; readonly buffers: readonly string[] | null };
  readonly expect: 'value' | 'error' | 'either';
  readonly c_unpickler?: { readonly error: string | null };
  readonly truth: string | null;
  readonly truth_sha256: string;
  readonly variants?: readonly Pick<Stream, 'options' | 'truth' | 'truth_sha256'>[];
}

interface Entry {
  readonly file: string;
  readonly wrapper: readonly string[];
  readonly streams: readonly Stream[];
}

const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(path));

/** `real` and `made-older`. Streams whose steps are more than slices are read from their `raw` copy if there is one. */
export function readCorpus(folder: string): Corpus {
  const readings: Reading[] = [];
  const leftOut = new Map<string, number>();
  for (const entry of readJsonLines<Entry>(join(folder, 'manifest.jsonl'))) {
    entry.streams.forEach((stream, k) => {
      const slicesOnly = stream.steps.every((step) => step.op === 'slice');
      if ((!slicesOnly && stream.raw === undefined) || (stream.kind !== 'pickle' && stream.kind !== 'pickles')) {
        const steps = stream.steps.map((step) => step.op).filter((op) => op !== 'slice');
        count(leftOut, [...steps, ...(stream.kind.startsWith('pickle') ? [] : [stream.kind])].join('+'));
        return;
      }
      const bytes = (): Uint8Array => {
        if (stream.raw !== undefined) return read(join(folder, stream.raw));
        return stream.steps.reduce(
          (all, { offset = 0, length }) => all.subarray(offset, length == null ? all.length : offset + length),
          read(join(folder, entry.file)),
        );
      };
      for (const [v, variant] of [stream, ...(stream.variants ?? [])].entries()) {
        const { encoding, errors, buffers } = variant.options;
        readings.push({
          id: `${entry.file}#${k}${v === 0 ? '' : ` (${encoding})`}`,
          bytes,
          buffers: () => buffers?.map((name) => read(join(folder, name))),
          encoding,
          errors,
          kind: stream.kind === 'pickle' ? 'pickle' : 'fresh memos',
          pickles: stream.pickles ?? 1,
          expect: stream.expect,
          cReads: stream.c_unpickler?.error === null,
          used: stream.kind === 'pickle' && v === 0 ? stream.used : undefined,
          truth: () => (variant.truth === null ? undefined : readJson(join(folder, variant.truth))),
          digest: variant.truth_sha256,
        });
      }
    });
  }
  return { readings, leftOut };
}

interface MadeEntry {
  readonly file: string;
  readonly part?: string;
  readonly options: { readonly encoding: string; readonly buffers: readonly string[] | null };
  readonly wrapper: readonly {
    readonly slice?: readonly [number, number | null];
    readonly stream?: number | null;
    readonly one_unpickler?: boolean;
  }[];
  readonly truth: string;
}

/** `made`, which has a manifest of its own. */
export function readMadeCorpus(folder: string): Corpus {
  const readings: Reading[] = [];
  const leftOut = new Map<string, number>();
  for (const entry of readJsonLines<MadeEntry>(join(folder, 'manifest.jsonl'))) {
    const steps = entry.wrapper.map((step) => Object.keys(step).find((key) => key !== 'one_unpickler')!);
    const foreign = steps.filter((step) => step !== 'slice' && step !== 'stream');
    if (foreign.length > 0) {
      count(leftOut, foreign.join('+'));
      continue;
    }
    const stream = entry.wrapper.find((step) => 'stream' in step);
    readings.push({
      id: entry.part === undefined ? entry.file : `${entry.file} (${entry.part})`,
      bytes: () =>
        entry.wrapper.reduce(
          (all, { slice }) => {
            if (slice === undefined) return all;
            return all.subarray(slice[0], slice[1] === null ? all.length : slice[0] + slice[1]);
          },
          read(join(folder, entry.file)),
        ),
      buffers: () => entry.options.buffers?.map((name) => read(join(folder, name))),
      encoding: entry.options.encoding,
      errors: 'strict',
      kind: stream === undefined ? 'pickle' : stream.one_unpickler ? 'one memo' : 'fresh memos',
      pickles: stream === undefined ? 1 : (stream.stream ?? Infinity),
      expect: 'value',
      cReads: true,
      used: undefined,
      truth: () => readJson(join(folder, entry.truth)),
      digest: undefined,
    });
  }
  return { readings, leftOut };
}

export const corpusThere = (folder: string | null): folder is string =>
  folder !== null && existsSync(join(folder, 'manifest.jsonl'));

/** The text of lossless JSON as Python's `json` writes it without spaces: ASCII, and a newline at the end. */
export function truthText(node: unknown): string {
  const text = JSON.stringify(node).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `${text}\n`;
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
