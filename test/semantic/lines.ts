/** The lines of the manifests that tell what their files mean. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll, loads, type DecodeOptions } from '../../src/index.ts';
import { FAMILIES } from '../../src/types/index.ts';
import { readJson, readJsonLines } from '../support/json-lines.ts';
import { STORAGE } from './places.ts';
import { openerFor, type Layout } from './openers.ts';
import type { Form } from './teller.ts';
import { inTodaysWords, withNewBool } from './today.ts';
import { LAYOUTS, nameOf, unwrap, type Step } from './unwrap.ts';

/** One thing to tell. */
export interface Expectation {
  /** The value; `inert`: with no types known but numpy's and torch's, so that paths lead through what pickles hold. */
  read(engine: 'wasm' | 'ts', inert: boolean): Promise<unknown>;
  /** The node of the whole value; undefined where only parts are told. */
  readonly value: unknown;
  /** Nodes of parts, each with its place. */
  readonly parts: readonly {
    readonly at: readonly (string | number)[];
    readonly node: unknown;
    /** Whether the node tells an array's elements and not its class, as those that stand in streams of joblib do. */
    readonly isPlain?: boolean;
  }[];
}

export interface Line {
  readonly id: string;
  readonly family: string;
  readonly form: Form;
  expectations(): Expectation[];
}

interface MadeEntry {
  readonly file: string;
  readonly part?: string;
  readonly family: string;
  readonly options: { readonly encoding: string; readonly buffers: readonly string[] | null };
  readonly wrapper: readonly Step[];
  readonly semantic: string | null;
}

interface Stream {
  readonly steps: readonly Step[];
  readonly raw?: string;
  readonly kind: string;
  readonly options: { readonly encoding: string; readonly errors: string; readonly buffers: readonly string[] | null };
}

interface OlderEntry {
  readonly file: string;
  readonly family: string;
  readonly wrapper: readonly string[];
  readonly streams: readonly Stream[];
  readonly sidecars: readonly string[] | null;
  readonly semantic: string | null;
}

type Part = { readonly at: readonly (string | number)[] };

interface OlderTruth {
  readonly from: string;
  readonly value?: unknown;
  readonly streams?: readonly {
    readonly stream: number;
    readonly value?: unknown;
    readonly arrays?: readonly Part[];
    readonly tensors?: readonly Part[];
    readonly storages?: readonly Partial<Part>[];
  }[];
}

const fileOf = (folder: string, name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

/** What has to be known where parts are looked for by their place in the pickle. */
const PART_FAMILIES = FAMILIES.filter(({ name }) => name === 'numpy' || name === 'torch');

const optionsOf = (
  folder: string,
  options: { readonly encoding: string; readonly errors?: string; readonly buffers: readonly string[] | null },
  inert: boolean,
): DecodeOptions => ({
  exact: true,
  encoding: options.encoding,
  errors: options.errors ?? 'strict',
  limits: { maxDepth: Infinity },
  ...(options.buffers && { buffers: options.buffers.map((name) => fileOf(folder, name)) }),
  ...(inert && { families: PART_FAMILIES }),
});

export function madeLines(folder: string): Line[] {
  return readJsonLines<MadeEntry>(join(folder, 'manifest.jsonl'))
    .filter(({ semantic }) => semantic !== null)
    .map((entry) => ({
      id: entry.part === undefined ? entry.file : `${entry.file} (${entry.part})`,
      family: entry.family,
      form: 'made',
      expectations: () => [
        {
          read: (engine, inert) => {
            const layout = entry.wrapper.find((step) => LAYOUTS.includes(nameOf(step)));
            return readValue(
              {
                family: entry.family,
                file: () => fileOf(folder, entry.file),
                bytes: () =>
                  unwrap(
                    fileOf(folder, entry.file),
                    entry.wrapper.filter((step) => step !== layout),
                  ),
                wrapper: entry.wrapper.map(nameOf),
                member: memberOf(entry.wrapper),
                isWhole: true,
                kind: layout === undefined ? 'pickle' : 'stream' in layout ? 'pickles' : 'joblib',
              },
              { ...optionsOf(folder, entry.options, inert), engine },
            );
          },
          value: withNewBool(readJson(join(folder, entry.semantic!))),
          parts: [],
        },
      ],
    }));
}

export function olderLines(folder: string): Line[] {
  return readJsonLines<OlderEntry>(join(folder, 'manifest.jsonl'))
    .filter(({ semantic }) => semantic !== null)
    .map((entry) => ({
      id: entry.file,
      family: entry.family,
      form: 'older',
      expectations: () => {
        const told = readJson(join(folder, entry.semantic!)) as OlderTruth;
        const truth = inTodaysWords(told, told.from) as OlderTruth;
        const reader =
          (number: number, isWhole: boolean): Expectation['read'] =>
          (engine, inert) => {
            const stream = entry.streams[number]!;
            return readValue(
              { ...layoutOf(folder, entry, stream), isWhole },
              { ...optionsOf(folder, stream.options, inert), engine },
            );
          };
        const streams = truth.streams ?? [];
        return [
          ...(truth.value === undefined ? [] : [{ read: reader(0, true), value: truth.value, parts: [] }]),
          ...streams.map(({ stream, value, arrays = [], tensors = [], storages = [] }) => ({
            read: reader(stream, false),
            value,
            parts: [
              // Those that the truth's own reader could not read tell nothing.
              ...arrays
                .filter((node) => !('unread' in node))
                .map(({ at, ...node }) => ({
                  at,
                  node: withBareClass(node),
                  isPlain: entry.streams[stream]?.kind === 'joblib',
                })),
              ...tensors.map(({ at, ...node }) => ({ at, node: { kind: 'tensor', ...node } })),
              ...storages.map(({ at, ...node }) => ({
                at: at ?? [STORAGE, (node as { readonly key?: string }).key ?? ''],
                node: { kind: 'storage', ...node },
              })),
            ],
          })),
        ];
      },
    }));
}

/** Arrays that stand in a pickle are told with the whole name of their class, values with its last part. */
function withBareClass(node: { readonly class?: string }): unknown {
  return node.class === undefined ? node : { ...node, class: node.class.split(/[ .]/).at(-1) };
}

/** The member of the first archive. */
function memberOf(steps: readonly Step[]): string | undefined {
  const names = steps.map((step) => step['member'] ?? step['zip'] ?? step['tar']);
  return names.find((name) => name !== undefined) as string | undefined;
}

function layoutOf(folder: string, entry: OlderEntry, stream: Stream): Omit<Layout, 'isWhole'> {
  return {
    family: entry.family,
    file: () => fileOf(folder, entry.file),
    bytes: () =>
      stream.raw === undefined ? unwrap(fileOf(folder, entry.file), stream.steps) : fileOf(folder, stream.raw),
    wrapper: entry.wrapper,
    kind: stream.kind,
    member: memberOf(stream.steps),
    ...(entry.family === 'joblib-tests' &&
      entry.sidecars && {
        siblings: (name) => {
          const file = entry.sidecars!.find((one) => one.endsWith(name));
          return file === undefined ? undefined : fileOf(folder, file);
        },
      }),
  };
}

async function readValue(layout: Layout, options: DecodeOptions): Promise<unknown> {
  const opener = openerFor(layout);
  if (opener !== undefined) return opener(layout, options);
  if (layout.kind === 'pickle') return loads(layout.bytes(), options);
  if (layout.kind !== 'pickles') throw new Error(`nothing opens ${layout.kind}`);
  const values: unknown[] = [];
  for await (const value of loadAll(layout.bytes(), options)) values.push(value);
  return values;
}
