/** Fortran order to C order in TypeScript, for items of any size. */
import { cSteps, fortranSteps, walkBox } from './boxes.ts';

type Units = Uint8Array | Uint16Array | Uint32Array;

/** Items on a side of the squares that are done at a time, so that both sides stay in the cache. */
const SIDE = 32;

/** See `Converters`. */
export function transpose(source: Uint8Array, itemSize: number, shape: readonly number[], out: Uint8Array): void {
  const unit = [4, 2].find((size) => [itemSize, source.byteOffset, out.byteOffset].every((at) => at % size === 0)) ?? 1;
  const from = unitsOf(source, unit);
  const to = unitsOf(out, unit);
  const units = itemSize / unit;
  const columns = shape[0]!;
  const rows = shape.at(-1)!;
  const fromSteps = fortranSteps(shape, units);
  const toSteps = cSteps(shape, units);
  const fromPitch = fromSteps.at(-1)!;
  const toPitch = toSteps[0]!;
  walkBox(shape.slice(1, -1), fromSteps.slice(1, -1), toSteps.slice(1, -1), (a, b) => {
    for (let row = 0; row < rows; row += SIDE) {
      const rowEnd = Math.min(row + SIDE, rows);
      for (let column = 0; column < columns; column += SIDE) {
        const columnEnd = Math.min(column + SIDE, columns);
        for (let c = column; c < columnEnd; c++) {
          let at = a + row * fromPitch + c * units;
          let target = b + c * toPitch + row * units;
          for (let r = row; r < rowEnd; r++, at += fromPitch, target += units) {
            to[target] = from[at]!;
            for (let k = 1; k < units; k++) to[target + k] = from[at + k]!;
          }
        }
      }
    }
  });
}

function unitsOf(bytes: Uint8Array, unit: number): Units {
  if (unit === 4) return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (unit === 2) return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return bytes;
}
