import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/graph.ts';
import { Host } from '../../src/machine/host.ts';
import { createMachine } from '../../src/machine/auto.ts';
import { MemoryInput } from '../../src/decode/memory-input.ts';
import { settingsOf } from '../../src/decode/settings.ts';
import { STATUS_DONE, STATUS_REQUEST } from '../../src/spec/layout.ts';
import { Globals } from '../../src/decode/globals.ts';
import { Materialiser, type ShapeHolder } from '../../src/values/materialise.ts';
import type { DecodeOptions } from '../../src/spec/options.ts';
import { resolveOptions } from '../../src/values/resolve-options.ts';
import { ENGINES } from '../support/engines.ts';
import { dict, float, get, global, int, latin1, list, long, put, str, tuple } from '../support/opcodes.ts';
import { Random } from '../support/random.ts';

class Row {
  declare readonly id: unknown;
}

/** A machine whose compiled functions are kept from one reading to the next. */
class Reader {
  readonly holder: ShapeHolder = { shapes: undefined };
  readonly #machine;

  constructor(engine: 'wasm' | 'ts') {
    this.#machine = createMachine(engine);
  }

  read(pickle: string, given?: DecodeOptions): unknown {
    const bytes = latin1(`${pickle}.`);
    const options = resolveOptions({ registry: { m: { Row } }, ...given });
    const machine = this.#machine;
    machine.begin(settingsOf(options, bytes.length, false));
    const globals = new Globals(options);
    const values: unknown[] = [];
    const host = new Host({ options, globals, values });
    const input = new MemoryInput();
    input.bytes = bytes;
    for (let position = 0; ; position = machine.position) {
      const status = machine.run(bytes, position, bytes.length, position, true);
      if (status === STATUS_DONE) break;
      expect(status).toBe(STATUS_REQUEST);
      host.answer(machine, input);
    }
    const graph: Graph = machine.graph;
    return new Materialiser(options, globals, values, this.holder).read(graph, input, bytes.length - 1);
  }
}

/** Runs where no code can be made from text. */
function withoutCode<T>(run: () => T): T {
  const { Function: real } = globalThis;
  globalThis.Function = function () {
    throw new EvalError('code generation from strings disallowed');
  } as never;
  try {
    return run();
  } finally {
    globalThis.Function = real;
  }
}

/** Values of every kind that a slot can have. */
const VALUES: readonly ((n: number) => string)[] = [
  (n) => int(n % 256),
  (n) => float(n / 7),
  () => 'N',
  () => '\x88',
  () => '\x89',
  () => ')',
  (n) => str(`text ${n}`),
  () => get(0),
  () => 'X\x05\0\0\0\xe2\x82\xac\xc3\xa9',
  (n) => long(2n ** 62n + BigInt(n)),
  (n) => long(BigInt(n) << 70n),
  () => float(NaN),
  (n) => list(int(n % 256)),
  (n) => tuple(int(n % 256), str('x')),
  (n) => dict(str('inner'), int(n % 256)),
  () => 'C\x01a',
];

const KEYS = ['id', 'name', '__proto__', 'constructor', 'a b', '1', "'", '\\', '${x}'];

describe.each(ENGINES)('compiled rows, %s', (engine) => {
  it('are what rows made key by key are, whatever kinds their columns show', () => {
    const random = new Random(5);
    const reader = new Reader(engine);
    for (let round = 0; round < 25; round++) {
      const keys = KEYS.filter(() => random.below(2) === 0);
      if (keys.length === 0) continue;
      const columns = keys.map(() => VALUES.filter(() => random.below(5) === 0).concat(VALUES[random.below(16)]!));
      const row = (n: number): string =>
        dict(...keys.flatMap((key, k) => [str(key), columns[k]![random.below(columns[k]!.length)]!(n)]));
      const rows = Array.from({ length: 60 }, (_, n) => row(n));
      const pickles = [
        list(`${str('shared')}${put(0)}`, ...rows),
        list(`${str('shared')}${put(0)}`, ...rows.map((one) => `${global('m', 'Row')})\x81${one}b`)),
      ];
      for (const pickle of pickles) {
        for (const ints of ['auto', 'bigint', 'number'] as const) {
          const options = { int: ints };
          const plain = withoutCode(() => new Reader(engine).read(pickle, options));
          expect(reader.read(pickle, options)).toEqual(plain);
          expect(new Reader(engine).read(pickle, options)).toEqual(plain);
          expect((plain as unknown[]).slice(1).every((one) => Object.keys(one as object).length === keys.length)).toBe(
            true,
          );
        }
      }
    }
  });

  it('are compiled where that pays, once for all that follows', () => {
    const reader = new Reader(engine);
    let compiled = 0;
    const { Function: real } = globalThis;
    globalThis.Function = function (...args: string[]) {
      compiled++;
      return real(...args);
    } as never;
    try {
      const message = dict(str('x'), int(1), str('y'), dict(str('z'), int(2)));
      for (let i = 0; i < 10; i++) reader.read(message);
      expect(compiled).toBe(0);
      for (let i = 0; i < 100; i++) reader.read(message);
      const once = compiled;
      expect(once).toBeGreaterThan(0);
      for (let i = 0; i < 100; i++) reader.read(message);
      expect(compiled).toBe(once);
      // Thousands of shapes, each met often: most are not worth it.
      const many = Array.from({ length: 3000 }, (_, n) => list(...Array(40).fill(dict(str(`k${n}`), int(1)))));
      const values = reader.read(list(...many)) as Record<string, number>[][];
      expect(values.every((rows, n) => rows.every((row) => JSON.stringify(row) === `{"k${n}":1}`))).toBe(true);
      expect(compiled).toBeLessThan(600);
    } finally {
      globalThis.Function = real;
    }
  });

  it('are plain objects of one hidden class: the last row has the keys in order', () => {
    const rows = Array.from({ length: 1000 }, (_, n) => dict(str('b'), int(n % 256), str('a'), float(n)));
    const made = new Reader(engine).read(list(...rows)) as object[];
    for (const row of made) expect(Object.keys(row)).toEqual(['b', 'a']);
  });
});
