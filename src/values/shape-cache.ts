/**
 * What is known of a machine's shapes from call to call: how often each was used, and the functions compiled for it. It
 * lives as long as the machine; the caller keeps it beside it.
 */
import type { Graph, Shape } from '../graph/graph.ts';
import {
  codeIsAllowed,
  compileBatch,
  compileRow,
  compileShort,
  shortLiteral,
  type Batch,
  type Row,
  type RowSource,
  type Short,
} from './factories.ts';

/** Rows from which on compiling pays: it costs some 50 us, and a compiled row saves 0.2 to 0.5 us at first. */
const FEW_USES = 12;
/** A pickle may have thousands of shapes; past so many compiled ones, a shape must be worth it. */
const MANY_COMPILED = 128;
const MANY_USES = 2000;
/** A pickle of so many bytes makes enough values for V8's collector to matter. */
export const LARGE_BYTES = 2 ** 21;
/** The large pickles at which V8 is asked anew. At the second its young generation may not have its full size yet. */
const RENEWED_AT: ReadonlySet<number> = /* @__PURE__ */ new Set([2, 4]);
/** No shape is compiled more often: each time its columns have shown new kinds. */
const MAX_COMPILED = 24;

export class ShapeEntry {
  readonly number: number;
  shape: Shape;
  /** The pickle in which the shape was last seen to be up to date. */
  epoch: number;
  /** Compiled for the shape as it is, else null. */
  row: Row | null = null;
  batch: Batch | null = null;
  /** By prototype: what makes instances whose state is a dict of the shape; null where it must not be assigned. */
  instances: WeakMap<object, Row | null> | undefined;
  /** An object with the shape's keys, all null: for rows while nothing is compiled. */
  template: Record<string, unknown> | undefined;
  private readonly table: ShapeTable;
  private uses = 0;
  private compiled = 0;

  constructor(shape: Shape, table: ShapeTable) {
    this.number = shape.number;
    this.shape = shape;
    this.table = table;
    this.epoch = 0;
  }

  /** Counts rows to come, and compiles where they, with those before, are enough. */
  use(rows: number): void {
    this.uses += rows;
    if (this.row !== null || this.uses < this.table.usesNeeded || this.compiled >= MAX_COMPILED) return;
    if (!this.table.mayCompile()) return;
    this.compile();
    this.compiled++;
    this.table.compiled++;
  }

  compile(): void {
    this.row = compileRow(this.shape, this.table.bigInts);
    this.batch = compileBatch(this.shape, this.table.bigInts);
  }

  /** Whether it pays to compile for a class's instances. */
  get isBusy(): boolean {
    return this.row !== null && this.table.mayCompile();
  }

  /** Takes the shape as it is now. */
  renew(shape: Shape, epoch: number): void {
    this.epoch = epoch;
    if (shape === this.shape) return;
    if (shape.keys !== this.shape.keys) this.template = undefined;
    this.shape = shape;
    this.row = this.batch = null;
    this.instances = undefined;
    // Each new compilation waits twice as long, so that a shape that keeps changing costs little.
    this.uses = Math.min(0, this.table.usesNeeded * (1 - 2 ** this.compiled));
  }
}

/** The shapes of a machine, for one reading of ints. */
export class ShapeTable {
  readonly bigInts: boolean;
  compiled = 0;
  /** Makes short arrays. */
  short: Short = shortLiteral;
  private largePickles = 0;
  private readonly entries: (ShapeEntry | undefined)[] = [];
  private epoch = 0;
  private allowed: boolean | undefined;

  constructor(bigInts: boolean) {
    this.bigInts = bigInts;
  }

  /** Begins another pickle of so many bytes: shapes may have changed. */
  begin(bytes: number): void {
    this.epoch++;
    if (bytes >= LARGE_BYTES && RENEWED_AT.has(++this.largePickles) && this.mayCompile()) this.renewCode();
  }

  /**
   * Makes new code of all that makes many values. V8 decides for each place in code, once and for ever, whether what is made
   * there is made in the old generation at once; it asks whether what was made there lived on, at the first collection with
   * a young generation of full size. That is mostly one that finds what the pickle before has made, dropped meanwhile, and
   * the answer is no: from then on all that a pickle makes is moved twice. New code is asked anew, while its pickle is
   * being made.
   */
  private renewCode(): void {
    this.short = compileShort();
    for (const entry of this.entries) if (entry?.row) entry.compile();
  }

  entry(graph: Graph, number: number): ShapeEntry {
    let entry = this.entries[number];
    if (entry !== undefined && entry.epoch === this.epoch) return entry;
    const shape = graph.shape(number);
    if (entry === undefined) entry = this.entries[number] = new ShapeEntry(shape, this);
    entry.renew(shape, this.epoch);
    return entry;
  }

  get usesNeeded(): number {
    return this.compiled < MANY_COMPILED ? FEW_USES : MANY_USES;
  }

  mayCompile(): boolean {
    return (this.allowed ??= codeIsAllowed());
  }
}

export class ShapeCache {
  private numbers: ShapeTable | undefined;
  private bigints: ShapeTable | undefined;

  table(bigInts: boolean): ShapeTable {
    return bigInts ? (this.bigints ??= new ShapeTable(true)) : (this.numbers ??= new ShapeTable(false));
  }
}

/** The place beside a machine where what was compiled for its shapes waits for the next call. */
export interface ShapeHolder {
  shapes: unknown;
}

/** A row made without compiled code: three times slower. Values are put over those of a template. */
export function plainRow(m: RowSource, entry: ShapeEntry, slot: number): Record<string, unknown> {
  const { keys } = entry.shape;
  const row = { ...(entry.template ??= templateOf(keys)) };
  for (let i = 0; i < keys.length; i++) row[keys[i]!] = m.value(slot + i);
  return row;
}

function templateOf(keys: readonly string[]): Record<string, unknown> {
  const template: Record<string, unknown> = {};
  for (const key of keys) {
    // By definition: an assignment to `__proto__` would set the prototype. Once it is there, it is assigned to like any.
    Object.defineProperty(template, key, { value: null, writable: true, enumerable: true, configurable: true });
  }
  return template;
}
