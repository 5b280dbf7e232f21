/**
 * Functions compiled for shapes. A row of a compiled literal costs 60 ns against 300 ns and more for one assigned key by
 * key, and every column is read as what it is known to be, without looking at its tag.
 *
 * Keys enter the code as JSON string literals and in no other way. `__proto__` is written as a computed key, which makes
 * an own property of it; in any other form it would set the prototype.
 */
import type { Shape } from '../graph/graph.ts';
import {
  FLAG_FETCHED,
  FLAG_SHAPED,
  KIND_CONST,
  KIND_DOUBLE,
  KIND_INT,
  KIND_SHARED,
  KIND_STR1,
  TEXT_CHUNK_BITS,
} from '../spec/layout.ts';
import { HI_CONST, HI_DICT, HI_INT, HI_SHARED, HI_STR1, IN_CHUNK, SUB } from '../spec/slot-words.ts';

/** What compiled code uses of the materialiser. */
export interface RowSource {
  readonly f64: Float64Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly shared: readonly (string | undefined)[];
  value(slot: number): unknown;
  sharedText(index: number): string;
  chunk1(number: number): string;
}

/** Makes the object whose values begin at a slot. */
export type Row = (m: RowSource, slot: number) => object;

/**
 * Makes objects of the shape for the items `at` to `end` - 1 of a list, whose slots begin at `slot`, until one is something
 * else. Returns the index of the first item that was not made.
 */
export type Batch = (m: RowSource, out: unknown[], at: number, end: number, slot: number) => number;

/** Whether this place allows code to be made from text: a Content-Security-Policy may not. */
export function codeIsAllowed(): boolean {
  try {
    return compile<() => boolean>([], 'return true;')();
  } catch {
    return false;
  }
}

/** Told to V8, so that the same text compiled twice is not the same code: see `ShapeTable.renewCode`. */
let serial = 0;

function compile<T>(parameters: readonly string[], body: string): T {
  // The only place that makes code from text. See the head of this file for what may get into it.
  // oxlint-disable-next-line no-new-func
  return new Function(...parameters, `'use strict'; // ${serial++}\n${body}`) as T;
}

const LOCALS = `const f = m.f64, u = m.u32, i = m.i32, s = m.shared;
  let cn = -1, ct = '';`;

export function compileRow(shape: Shape, bigInts: boolean): Row {
  return compile(['m', 'p'], `${LOCALS}\n  return ${literal(shape, bigInts)};`);
}

export function compileBatch(shape: Shape, bigInts: boolean): Batch {
  const body = `${LOCALS}
  for (; at < end; at++, q++) {
    if (i[2 * q + 1] !== ${HI_DICT}) break;
    const n = i[2 * q];
    if ((i[2 * n] & ${FLAG_FETCHED | FLAG_SHAPED}) !== ${FLAG_SHAPED} || i[2 * n + 1] !== ${shape.number}) break;
    const p = i[2 * n + 2];
    out[at] = ${literal(shape, bigInts)};
  }
  return at;`;
  return compile(['m', 'out', 'at', 'end', 'q'], body);
}

/** Makes an array of the 1 to 4 values from a slot on. */
export type Short = (m: RowSource, slot: number, count: number) => unknown[];

/** By a literal: half the price of `new Array`. */
export function shortLiteral(m: RowSource, slot: number, count: number): unknown[] {
  switch (count) {
    case 1:
      return [m.value(slot)];
    case 2:
      return [m.value(slot), m.value(slot + 1)];
    case 3:
      return [m.value(slot), m.value(slot + 1), m.value(slot + 2)];
    default:
      return [m.value(slot), m.value(slot + 1), m.value(slot + 2), m.value(slot + 3)];
  }
}

/** The same as `shortLiteral`, as new code. */
export function compileShort(): Short {
  return compile<() => Short>([], `return ${shortLiteral.toString()};`)();
}

/**
 * Makes instances of a class whose state is a dict of the shape, without running its constructor. Only where no key is
 * found on the class's prototype: else an assignment might run a setter.
 */
export function compileInstance(shape: Shape, bigInts: boolean, prototype: object): Row {
  const fields = shape.keys.map((key, k) => `this[${JSON.stringify(key)}] = ${column(shape.kinds[k]!, k, bigInts)};`);
  const make = `function Instance(m, p) {\n${LOCALS}\n${fields.join('\n')}\n}`;
  const body = `${make}\nInstance.prototype = prototype;\nreturn (m, p) => new Instance(m, p);`;
  return compile<(prototype: object) => Row>(['prototype'], body)(prototype);
}

function literal(shape: Shape, bigInts: boolean): string {
  const fields = shape.keys.map((key, k) => {
    const name = JSON.stringify(key);
    return `${key === '__proto__' ? `[${name}]` : name}: ${column(shape.kinds[k]!, k, bigInts)}`;
  });
  return `{ ${fields.join(', ')} }`;
}

/** Code that reads column `k`, in which slots of these kinds were seen. */
function column(kinds: number, k: number, bigInts: boolean): string {
  const p = k === 0 ? 'p' : `(p + ${k})`;
  const lo = `i[2 * ${p}]`;
  const hi = `i[2 * ${p} + 1]`;
  const readers: [kind: number, hi: string, code: string][] = [
    [KIND_INT, `${hi} === ${HI_INT}`, bigInts ? `BigInt(${lo})` : lo],
    // An empty tuple is a new array each time.
    [KIND_CONST, `${hi} === ${HI_CONST}`, `(${lo} === 0 ? null : ${lo} < 3 ? ${lo} === 2 : m.value(${p}))`],
    [KIND_SHARED, `${hi} === ${HI_SHARED}`, `(s[${lo}] ?? m.sharedText(${lo}))`],
    [KIND_STR1, `(${hi} & ${~SUB}) === ${HI_STR1}`, text1(p, hi)],
  ];
  const present = readers.filter(([kind]) => (kinds & kind) !== 0);
  const rest = kinds & ~(KIND_INT | KIND_CONST | KIND_SHARED | KIND_STR1);
  // What is left when all tests failed: doubles have no tag of their own to test for.
  let code = rest === KIND_DOUBLE ? `f[${p}]` : `m.value(${p})`;
  if (present.length > 3) return `m.value(${p})`;
  for (let n = present.length - 1; n >= 0; n--) {
    const [, test, read] = present[n]!;
    code = rest === 0 && n === present.length - 1 ? read : `(${test} ? ${read} : ${code})`;
  }
  return code;
}

/** A substring of the chunk, which is asked for only where the text before lay in another. */
function text1(p: string, hi: string): string {
  const offset = `u[2 * ${p}]`;
  const chunk = `(cn === ${offset} >>> ${TEXT_CHUNK_BITS} ? ct : (ct = m.chunk1(cn = ${offset} >>> ${TEXT_CHUNK_BITS})))`;
  return `${chunk}.substring(${offset} & ${IN_CHUNK}, (${offset} & ${IN_CHUNK}) + (${hi} & ${SUB}))`;
}
