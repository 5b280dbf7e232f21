/**
 * The drop-in against pickleparser itself, on every pickle that there is: where they differ, the difference is of a kind
 * that the README of `src/pickleparser/` names.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Parser, type ParserOptions } from '../../src/pickleparser.ts';
import { corpusThere, readCorpus, readMadeCorpus } from '../support/corpus.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { ROOT, shared } from '../support/places.ts';
import { bytesOf, decodeOptionsOf, places, rowsOf, type Vector } from '../support/vectors.ts';
import { firstDifference } from './compare.ts';

const PEER = join(ROOT, 'bench/peers/node_modules/pickleparser/dist/index.js');
const WHY = existsSync(PEER) ? '' : ' (skipped: npm run bench:peers has not installed pickleparser)';
const MAX_BYTES = 500_000;

interface Input {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly buffers: Iterable<unknown> | undefined;
}

/** Kinds of differences, by the values that are different. What is not here is a failure. */
const KINDS: Readonly<Record<string, string>> = {
  integer: 'theirs are unsigned, rounded or infinite',
  float: 'theirs of inf is NaN',
  text: 'theirs leave escapes, and what is no ASCII in names and Python 2 strs, as they are',
  builtin: 'theirs leave bytes, sets and copyreg of protocols 0 to 3 as calls',
  keys: 'theirs lose __proto__, and keep keys that are equal in Python',
  state: 'theirs assign states of slots to 0 and 1, and texts by their characters',
  set: 'theirs keep equal items of sets',
  undefined: 'theirs take undefined for what is not on the stack or in the memo',
};

/** Codes of what is refused, though they give a value. */
const REFUSED: Readonly<Record<string, string>> = {
  UNREPRESENTABLE_KEY: 'keys of theirs that are all "[object Object]"',
  UNHASHABLE_KEY: 'keys that Python does not have',
  INVALID_OPERAND: 'opcodes for what has no items',
  LIMIT_DEPTH: 'values nested deeper than the limit',
};

function* inputs(): Generator<Input> {
  for (const place of places()) {
    for (const row of rowsOf<Vector>('decode', place)) {
      yield { id: row.id, bytes: bytesOf(row, place), buffers: decodeOptionsOf(row).buffers };
    }
  }
  for (const [name, read] of [
    ['real', readCorpus],
    ['made-older', readCorpus],
    ['made', readMadeCorpus],
  ] as const) {
    const folder = shared('corpus', name);
    if (!corpusThere(folder)) continue;
    for (const reading of read(folder).readings) {
      if (reading.kind !== 'pickle' || reading.expect !== 'value') continue;
      const bytes = reading.bytes();
      if (bytes.length <= MAX_BYTES) yield { id: reading.id, bytes, buffers: reading.buffers() };
    }
  }
}

class Extension {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

function outcome(
  TheParser: typeof Parser,
  { bytes, buffers }: Input,
  options: Partial<ParserOptions>,
): [unknown, unknown] {
  try {
    const given = buffers === undefined ? {} : { buffers: buffers[Symbol.iterator]() };
    const parser = new TheParser({
      ...options,
      ...given,
      persistentResolver: { resolve: (id) => ({ id }) },
      extensionResolver: { resolve: (code) => Extension.bind(null, code) },
    });
    return [parser.parse(Buffer.from(bytes)), undefined];
  } catch (error) {
    return [undefined, error];
  }
}

describe.skipIf(WHY !== '')(`what pickleparser gives${WHY}`, () => {
  beforeAll(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
  afterAll(() => void vi.restoreAllMocks());

  it.each(ENGINES)('is what the drop-in gives, where it is right, %s', (engine) => {
    const { Parser: Theirs } = createRequire(import.meta.url)(PEER) as { Parser: typeof Parser };
    const failures = new Failures();
    let same = 0;
    let all = 0;
    for (const input of inputs()) {
      all++;
      const [theirs, theirError] = outcome(Theirs, input, {});
      const [ours, error] = outcome(Parser, input, { engine });
      if (theirError !== undefined) continue;
      if (error !== undefined) {
        const { code } = error as { code?: string };
        failures.note(input.id, Object.hasOwn(REFUSED, code!) ? null : `is refused: ${String(error)}`);
        continue;
      }
      const difference = firstDifference(theirs, ours);
      if (difference === undefined) same++;
      else {
        const { kind, path } = difference;
        failures.note(input.id, Object.hasOwn(KINDS, kind) ? null : `differs at ${path}: ${kind}`);
      }
    }
    failures.report();
    expect(same).toBeGreaterThan(all * 0.6);
  });
});
