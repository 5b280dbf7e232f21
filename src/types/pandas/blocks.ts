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

  constructor(values: unknown, placement: unknown) {
    this.values = values;
    this.placement = placement;
  }
}

/** Gives a column when it is asked for the first time. */
export type LazyColumn = () => Column;

/**
 * The columns of blocks, in the order of the DataFrame.
 * @param count how many columns there are
 * @param length how many rows there are
 * @throws PickleError INVALID_STATE where the blocks do not fill exactly that
 */
export function columnsOfBlocks(blocks: readonly Block[], items: Index, length: number): LazyColumn[] {
  const count = items.length;
  const held = blocks.reduce((total, { values }) => total + rowCount(values), 0);
  if (held !== count) refuse(`${count} columns have blocks for ${held}.`);
  const columns = new Array<LazyColumn | undefined>(held);
  for (const { values, placement } of blocks) {
    const rows = rowsOf(values, length);
    const places = placesOf(placement, items, rows.length);
    rows.forEach((row, i) => {
      const place = places[i]!;
      if (columns[place] !== undefined) refuse(`Two blocks have a column at place ${place}.`);
      columns[place] = row;
    });
  }
  return columns as LazyColumn[];
}

function rowCount(values: unknown): number {
  if (values instanceof NdArray && values.ndim === 2) return values.shape[0]!;
  if (values instanceof ExtensionArray && values.rows !== undefined) return values.rows.length;
  return columnOf(values) === undefined ? refuse('The values of a block are none that are known.') : 1;
}

/** The columns of one block. */
function rowsOf(values: unknown, length: number): LazyColumn[] {
  const lazy = values instanceof NdArray && values.ndim === 2 ? rowsOfArray(values, length) : undefined;
  if (lazy !== undefined) return lazy;
  const columns = (values instanceof ExtensionArray ? values.rows : undefined) ?? [columnOf(values)!];
  for (const column of columns) checkLength(column.length, length);
  return columns.map((column) => () => column);
}

function checkLength(got: number, length: number): void {
  if (got !== length) refuse(`${length} rows have a block of ${got}.`);
}

/** Rows of an array in C order share its memory; of any other, that of one copy, made when a row is asked for. */
function rowsOfArray(array: NdArray, length: number): LazyColumn[] {
  const [rows = 0, got = 0] = array.shape;
  checkLength(got, length);
  if (rows > Math.max(array.size, MAX_EMPTY_ROWS)) refuse('A block has too many columns without values.');
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
