/** Walks through the entries of a sparse matrix, in the order in which it holds them. */
import type { NumberArray } from '../../arrays/storage.ts';
import type { SparseFormat, SparseMatrixParts } from './layouts.ts';

/** Told of each entry: its coordinates, and its place among all values of `data` in C order. */
export type Visit = (row: number, column: number, place: number) => void;

/**
 * @param at where given, entries elsewhere may be left out: at least those at this place are visited
 */
export function visitEntries(
  format: SparseFormat,
  parts: SparseMatrixParts,
  visit: Visit,
  at?: readonly number[],
): void {
  if (parts.coords !== null) return visitCoordinates(parts, visit);
  if (format === 'dia') return visitDiagonals(parts, visit);
  if (format === 'bsr') return visitBlocks(parts, visit, at?.[0]);
  const isByColumn = format === 'csc';
  const major = isByColumn ? at?.[1] : parts.shape.length === 1 ? undefined : at?.[0];
  visitCompressed(parts, isByColumn ? (column, row, place) => visit(row, column, place) : visit, major);
}

/** What has one dimension lies in a row. */
function visitCoordinates({ coords, data, shape }: SparseMatrixParts, visit: Visit): void {
  const columns = coords!.at(-1)!;
  const rows = shape.length === 1 ? null : coords![0]!;
  for (let i = 0; i < data.size; i++) visit(rows === null ? 0 : rows[i]!, columns[i]!, i);
}

function visitCompressed({ indices, indptr }: SparseMatrixParts, visit: Visit, only: number | undefined): void {
  const at = indices!.toTyped() as NumberArray;
  const starts = indptr!.toTyped() as NumberArray;
  const end = only === undefined ? starts.length - 1 : only + 1;
  for (let major = only ?? 0; major < end; major++) {
    for (let i = Number(starts[major]); i < Number(starts[major + 1]); i++) visit(major, Number(at[i]), i);
  }
}

function visitBlocks(parts: SparseMatrixParts, visit: Visit, row: number | undefined): void {
  const [, height, width] = parts.data.shape as [number, number, number];
  const visitBlock: Visit = (blockRow, blockColumn, block) => {
    for (let r = 0; r < height; r++) {
      for (let c = 0; c < width; c++) {
        visit(blockRow * height + r, blockColumn * width + c, (block * height + r) * width + c);
      }
    }
  };
  visitCompressed(parts, visitBlock, row === undefined ? undefined : Math.floor(row / height));
}

/** All that lies inside of the matrix, zeros too. */
function visitDiagonals({ data, offsets, shape }: SparseMatrixParts, visit: Visit): void {
  const [rows, columns] = shape as [number, number];
  const width = data.shape[1]!;
  (offsets!.toTyped() as NumberArray).forEach((value: number | bigint, diagonal: number) => {
    const offset = Number(value);
    const end = Math.min(width, columns, rows + offset);
    for (let column = Math.max(0, offset); column < end; column++) {
      visit(column - offset, column, diagonal * width + column);
    }
  });
}
