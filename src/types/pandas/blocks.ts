/** The blocks that DataFrames and Series keep their columns in: many of one dtype in one array. */
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { contiguousOf } from '../../arrays/typed.ts';
import { smallIntOf } from '../stdlib/arguments.ts';
import { PySlice } from '../stdlib/numbers.ts';
import type { Column } from './column.ts';
import { ExtensionArray, MAX_EMPTY_ROWS } from './extension-array.ts';
import { Index } from './index-objects.ts';
import { columnOf } from './new-index.ts';
import { columnOfArray } from './numpy-column.ts';

/** Values, and the places of their columns among those of the DataFrame. */
export class Block {
  readonly values: unknown;
  /** A slice, an array of ints, or the labels of the columns. */
  readonly placement: unknown;
  #rows: readonly LazyColumn[] | undefined;

  constructor(values: unknown, placement: unknown) {
    this.values = values;
    this.placement = placement;
  }

  /** The columns of the block: of `checkBlocks`, so that the values are known. */
  get rows(): readonly LazyColumn[] {
    return (this.#rows ??= rowsOf(this.values));
  }
}

/** Gives a column, made when it is asked for the first time. */
export type LazyColumn = () => Column;

/**
 * Makes sure that blocks fill a frame, without making its columns: many frames may share the blocks of one.
 * @param items labels of the columns
 * @param length how many rows there are
 * @throws PickleError INVALID_STATE where the blocks do not fill exactly that
 */
export function checkBlocks(blocks: readonly Block[], items: Index, length: number): void {
  const counts = blocks.map(({ values }) => rowCount(values, length));
  const held = counts.reduce((total, count) => total + count, 0);
  if (held !== items.length) refuse(`${items.length} columns have blocks for ${held}.`);
  const isTaken = new Uint8Array(held);
  blocks.forEach(({ placement }, i) => {
    for (const place of placesOf(placement, items, counts[i]!)) {
      if (isTaken[place] !== 0) refuse(`Two blocks have a column at place ${place}.`);
      isTaken[place] = 1;
    }
  });
}

/** The columns of blocks that were checked, in the order of the DataFrame. */
export function columnsOfBlocks(blocks: readonly Block[], items: Index): LazyColumn[] {
  const columns = new Array<LazyColumn>(items.length);
  for (const { rows, placement } of blocks) {
    placesOf(placement, items, rows.length).forEach((place, i) => (columns[place] = rows[i]!));
  }
  return columns;
}

/** How many columns a block has. */
function rowCount(values: unknown, length: number): number {
  if (values instanceof NdArray && values.ndim === 2) {
    const [rows = 0, got = 0] = values.shape;
    checkLength(got, length);
    return rows > Math.max(values.size, MAX_EMPTY_ROWS) ? refuse('A block has too many columns without values.') : rows;
  }
  const rows = values instanceof ExtensionArray ? values.rows : undefined;
  if (rows !== undefined) {
    for (const row of rows) checkLength(row.length, length);
    return rows.length;
  }
  checkLength((columnOf(values) ?? refuse('The values of a block are none that are known.')).length, length);
  return 1;
}

function checkLength(got: number, length: number): void {
  if (got !== length) refuse(`${length} rows have a block of ${got}.`);
}

function rowsOf(values: unknown): readonly LazyColumn[] {
  if (values instanceof NdArray && values.ndim === 2) return rowsOfArray(values);
  const columns = (values instanceof ExtensionArray ? values.rows : undefined) ?? [columnOf(values)!];
  return columns.map((column) => () => column);
}

/** Rows of an array in C order share its memory; of any other, that of one copy, made when a row is asked for. */
function rowsOfArray(array: NdArray): LazyColumn[] {
  const rows = array.shape[0]!;
  let inC: NdArray | undefined;
  const rowAt = (i: number): NdArray => {
    inC ??=
      array.order === 'C' || rows < 2
        ? array
        : new NdArray({ data: contiguousOf(array), descr: array.descr, shape: array.shape });
    return inC.at(i) as NdArray;
  };
  return Array.from({ length: rows }, (_, i) => {
    let column: Column | undefined;
    return () => (column ??= columnOfArray(rowAt(i)));
  });
}

/** @throws PickleError INVALID_STATE where they are not `count` places of the frame's */
function placesOf(placement: unknown, items: Index, count: number): readonly number[] {
  const places =
    placement instanceof Index
      ? placesOfLabels(placement, items)
      : (placesOfSlice(placement, count) ?? intsOf(placement));
  if (places?.length !== count) refuse(`${count} columns of a block have no places, or others than they should.`);
  for (const place of places) {
    if (!(place >= 0 && place < items.length)) refuse(`There is no column at place ${place}.`);
  }
  return places;
}

function placesOfSlice(slice: unknown, count: number): number[] | undefined {
  if (!(slice instanceof PySlice)) return undefined;
  const start = smallIntOf(slice.start ?? 0, 0, Number.MAX_SAFE_INTEGER);
  const step = smallIntOf(slice.step ?? 1, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (start === undefined || step === undefined || step === 0) return undefined;
  // A slice that goes down to the first place has no end.
  const last = slice.stop ?? (step < 0 ? -1 : undefined);
  const stop = smallIntOf(last, -1, Number.MAX_SAFE_INTEGER);
  if (stop === undefined || Math.max(0, Math.ceil((stop - start) / step)) !== count) return undefined;
  return Array.from({ length: count }, (_, i) => start + i * step);
}

function intsOf(placement: unknown): number[] | undefined {
  if (!(placement instanceof NdArray) || placement.ndim !== 1 || placement.descr.kind !== 'i') return undefined;
  return Array.from(placement.flat(), Number);
}

/** Before pandas 0.14.1 a block has the labels of its columns. */
function placesOfLabels(labels: Index, items: Index): number[] {
  const places = new Map<string, number[]>();
  items.toArray().forEach((label, i) => {
    const key = keyOf(label);
    const there = places.get(key);
    if (there === undefined) places.set(key, [i]);
    else there.push(i);
  });
  return labels.toArray().map((label) => places.get(keyOf(label))?.shift() ?? -1);
}

const keyOf = (label: unknown): string =>
  Array.isArray(label) ? `[${label.map(keyOf).join('\0')}]` : `${typeof label} ${String(label)}`;
