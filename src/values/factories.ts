/**
 * Functions compiled for shapes: an object literal with a shape's keys, its values read as the kinds seen under each key
 * allow. On a list of dicts this is what the time goes down to the engine's own floor with.
 *
 * Keys get into the source as JSON string literals alone, `__proto__` as a computed one. Where code must not be made from
 * text (a strict Content-Security-Policy, `--disallow-code-generation-from-strings`) the plain path in `dicts.ts` does it.
 */
import type { Graph, Shape } from '../graph/graph.ts';
import {
  CONST_EMPTY_TUPLE,
  KIND_CONST,
  KIND_DOUBLE,
  KIND_INT,
  KIND_NODE,
  KIND_SHARED,
  KIND_STR1,
  NODE_DICT,
  TAG_INT,
  TAG_NODE,
  TAG_STR1,
  FLAG_FETCHED,
  FLAG_SHAPED,
} from '../spec/layout.ts';
import type { Reader } from './reader.ts';

/** What compiled functions call. */
export interface FactoryReader extends Reader {
  constant(which: number): unknown;
}

/** Makes the object whose values lie from slot `p` on. */
export type Maker = (reader: FactoryReader, p: number, f64: Float64Array, u32: Uint32Array, i32: Int32Array) => object;

/** Fills `out` from `at` on with objects of the dict nodes in the slots from `from` on; stops at one of another shape. */
export type RowsMaker = (
  reader: FactoryReader,
  out: unknown[],
  at: number,
  from: number,
  count: number,
  f64: Float64Array,
  u32: Uint32Array,
  i32: Int32Array,
) => number;

/** A shape is compiled when it has been met so often: compiling costs as much as making some hundred objects plainly. */
const WORTH_COMPILING = 64;
/** A shape whose kinds go on changing is compiled at most so often. */
const MAX_COMPILATIONS = 8;
/** More compiled functions than these are no help any more. */
const MAX_COMPILED = 512;

interface Compiled {
  version: number;
  met: number;
  compilations: number;
  maker: Maker | undefined;
  rows: RowsMaker | undefined;
}

/** Compiled functions by shape number: as long-lived as the machine whose shapes they are for. */
export class ShapeCache {
  readonly #byNumber: (Compiled | undefined)[] = [];
  #keys: (readonly string[] | undefined)[] = [];
  #compiled = 0;

  /** The function for one object, or undefined where there is none yet. */
  maker(graph: Graph, number: number): Maker | undefined {
    return this.#entry(graph, number, 1).maker;
  }

  /** The function for a run of objects. */
  rows(graph: Graph, number: number): RowsMaker | undefined {
    return this.#entry(graph, number, 1).rows;
  }

  #entry(graph: Graph, number: number, times: number): Compiled {
    const shape = graph.shape(number);
    let entry = this.#byNumber[number];
    if (entry === undefined || this.#keys[number] !== shape.keys) {
      entry = { version: -1, met: 0, compilations: 0, maker: undefined, rows: undefined };
      this.#byNumber[number] = entry;
      this.#keys[number] = shape.keys;
    }
    if (entry.version === shape.version) return entry;
    entry.met += times;
    if (entry.met < WORTH_COMPILING || !mayCompile()) {
      entry.maker = entry.rows = undefined;
      return entry;
    }
    if (entry.compilations >= MAX_COMPILATIONS || this.#compiled >= MAX_COMPILED) {
      if (entry.compilations === 0 || this.#compiled >= MAX_COMPILED) {
        entry.maker = entry.rows = undefined;
        return entry;
      }
    }
    // After many changes it is compiled for any kind, once and for all.
    const kinds = entry.compilations < MAX_COMPILATIONS ? shape.kinds : shape.kinds.map(() => 0xff);
    entry.version = shape.version;
    entry.compilations++;
    this.#compiled++;
    const literal = literalOf(shape, kinds);
    entry.maker = compile<Maker>(['m', 'p', 'f64', 'u32', 'i32'], `return ${literal};`);
    entry.rows = compile<RowsMaker>(
      ['m', 'out', 'at', 'from', 'count', 'f64', 'u32', 'i32'],
      rowsSource(shape, literal),
    );
    return entry;
  }
}

function rowsSource(shape: Shape, literal: string): string {
  const isRow = `u32[s + 1] === ${((TAG_NODE << 16) | NODE_DICT) >>> 0}`;
  const isSame = `(u32[n] & ${FLAG_FETCHED | FLAG_SHAPED}) === ${FLAG_SHAPED} && u32[n + 1] === ${shape.number}`;
  return `
let i = 0;
for (; i < count; i++) {
  const s = 2 * (from + i);
  const n = 2 * u32[s];
  if (!(${isRow} && ${isSame})) break;
  const p = u32[n + 2];
  out[at + i] = ${literal};
}
return i;`;
}

function literalOf(shape: Shape, kinds: Uint8Array): string {
  const properties = shape.keys.map((key, column) => {
    const name = key === '__proto__' ? '["__proto__"]' : JSON.stringify(key);
    return `${name}: ${valueOf(kinds[column]!, column)}`;
  });
  return `{ ${properties.join(', ')} }`;
}

/** The source that reads a column's value, as the kinds seen in it allow. */
function valueOf(kinds: number, column: number): string {
  const slot = column === 0 ? 'p' : `p + ${column}`;
  const lo = `2 * p + ${2 * column}`;
  const hi = `2 * p + ${2 * column + 1}`;
  const str1 = `m.str1(u32[${lo}], u32[${hi}] & 65535)`;
  const shared = `m.shared(u32[${lo}])`;
  switch (kinds) {
    case KIND_DOUBLE:
      return `f64[${slot}]`;
    case KIND_INT:
      return `i32[${lo}]`;
    case KIND_DOUBLE | KIND_INT:
      return `(u32[${hi}] === ${(TAG_INT << 16) >>> 0} ? i32[${lo}] : f64[${slot}])`;
    case KIND_STR1:
      return str1;
    case KIND_SHARED:
      return shared;
    case KIND_STR1 | KIND_SHARED:
      return `(u32[${hi}] >>> 16 === ${TAG_STR1} ? ${str1} : ${shared})`;
    case KIND_CONST:
      return `(u32[${lo}] === 2 ? true : u32[${lo}] === 1 ? false : u32[${lo}] < ${CONST_EMPTY_TUPLE} ? null : m.constant(u32[${lo}]))`;
    case KIND_NODE:
      return `m.node(u32[${hi}] & 65535, u32[${lo}])`;
    default:
      return `m.slot(${slot})`;
  }
}

let compilingAllowed: boolean | undefined;

/** Whether functions may be made from text here; found out once. */
function mayCompile(): boolean {
  if (compilingAllowed === undefined) {
    try {
      compile([], 'return 0;');
      compilingAllowed = true;
    } catch {
      compilingAllowed = false;
    }
  }
  return compilingAllowed;
}

function compile<T>(parameters: readonly string[], body: string): T {
  // The only place that makes code from text. See the head of this file for what may get into it.
  // oxlint-disable-next-line no-new-func
  return new Function(...parameters, `"use strict";\n${body}`) as T;
}
