/** Transposing a matrix: squares of items in registers, and what is left at the edges one by one. */

/**
 * Item (row, column), which is at `from + row * fromPitch + column * itemSize`, goes to
 * `to + column * toPitch + row * itemSize`. Pitches are in bytes; `itemSize` is 1, 2, 4, 8 or 16.
 */
export function transpose(
  from: usize,
  fromPitch: usize,
  to: usize,
  toPitch: usize,
  rows: usize,
  columns: usize,
  itemSize: u32,
): void {
  if (itemSize == 1) all<u8>(from, fromPitch, to, toPitch, rows, columns, 8);
  else if (itemSize == 2) all<u16>(from, fromPitch, to, toPitch, rows, columns, 8);
  else if (itemSize == 4) all<u32>(from, fromPitch, to, toPitch, rows, columns, 4);
  else if (itemSize == 8) all<u64>(from, fromPitch, to, toPitch, rows, columns, 2);
  else
    for (let row: usize = 0; row < rows; row++) {
      for (let column: usize = 0; column < columns; column++) {
        v128.store(to + column * toPitch + row * 16, v128.load(from + row * fromPitch + column * 16));
      }
    }
}

/** Columns that are done at a time: each is a line of the cache that is written to again for the next rows. */
const STRIP: usize = 128;

// @ts-expect-error: decorator
@inline
function all<T>(
  from: usize,
  fromPitch: usize,
  to: usize,
  toPitch: usize,
  rows: usize,
  columns: usize,
  side: usize,
): void {
  const wholeRows = rows - (rows % side);
  const wholeColumns = columns - (columns % side);
  for (let column: usize = 0; column < wholeColumns; column += STRIP) {
    const end = min(column + STRIP, wholeColumns);
    for (let row: usize = 0; row < wholeRows; row += side) {
      let at = from + row * fromPitch + column * sizeof<T>();
      let target = to + column * toPitch + row * sizeof<T>();
      for (let c = column; c < end; c += side) {
        if (sizeof<T>() == 1) square8(at, fromPitch, target, toPitch);
        if (sizeof<T>() == 2) square16(at, fromPitch, target, toPitch);
        if (sizeof<T>() == 4) square32(at, fromPitch, target, toPitch);
        if (sizeof<T>() == 8) square64(at, fromPitch, target, toPitch);
        at += side * sizeof<T>();
        target += side * toPitch;
      }
    }
  }
  if (wholeColumns < columns) oneByOne<T>(from, fromPitch, to, toPitch, 0, wholeRows, wholeColumns, columns);
  if (wholeRows < rows) oneByOne<T>(from, fromPitch, to, toPitch, wholeRows, rows, 0, columns);
}

// @ts-expect-error: decorator
@inline
function oneByOne<T>(
  from: usize,
  fromPitch: usize,
  to: usize,
  toPitch: usize,
  row: usize,
  rowEnd: usize,
  column: usize,
  columnEnd: usize,
): void {
  for (; column < columnEnd; column++) {
    let at = from + row * fromPitch + column * sizeof<T>();
    let target = to + column * toPitch + row * sizeof<T>();
    for (let r = row; r < rowEnd; r++) {
      store<T>(target, load<T>(at));
      at += fromPitch;
      target += sizeof<T>();
    }
  }
}

// Interleaving the lower or upper halves of two vectors, by lanes of 8 to 64 bits. Each stage of a square doubles the
// lanes that lie in their column's order.

// @ts-expect-error: decorator
@inline
function low8(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-expect-error: decorator
@inline
function low16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-expect-error: decorator
@inline
function high16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// @ts-expect-error: decorator
@inline
function low32(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(a, b, 0, 4, 1, 5);
}

// @ts-expect-error: decorator
@inline
function high32(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(a, b, 2, 6, 3, 7);
}

// @ts-expect-error: decorator
@inline
function low64(a: v128, b: v128): v128 {
  return v128.shuffle<u64>(a, b, 0, 2);
}

// @ts-expect-error: decorator
@inline
function high64(a: v128, b: v128): v128 {
  return v128.shuffle<u64>(a, b, 1, 3);
}

/** 8 x 8 items of 1 byte. */
// @ts-expect-error: decorator
@inline
function square8(at: usize, pitch: usize, to: usize, toPitch: usize): void {
  const lower = at + 4 * pitch;
  const a = low8(v128.load64_zero(at), v128.load64_zero(at + pitch));
  const b = low8(v128.load64_zero(at + 2 * pitch), v128.load64_zero(at + 3 * pitch));
  const c = low8(v128.load64_zero(lower), v128.load64_zero(lower + pitch));
  const d = low8(v128.load64_zero(lower + 2 * pitch), v128.load64_zero(lower + 3 * pitch));
  const ab = low16(a, b);
  const ab2 = high16(a, b);
  const cd = low16(c, d);
  const cd2 = high16(c, d);
  const target = to + 4 * toPitch;
  two8(to, toPitch, low32(ab, cd));
  two8(to + 2 * toPitch, toPitch, high32(ab, cd));
  two8(target, toPitch, low32(ab2, cd2));
  two8(target + 2 * toPitch, toPitch, high32(ab2, cd2));
}

// @ts-expect-error: decorator
@inline
function two8(to: usize, toPitch: usize, columns: v128): void {
  v128.store64_lane(to, columns, 0);
  v128.store64_lane(to + toPitch, columns, 1);
}

/** 8 x 8 items of 2 bytes. */
// @ts-expect-error: decorator
@inline
function square16(at: usize, pitch: usize, to: usize, toPitch: usize): void {
  const lower = at + 4 * pitch;
  const a = v128.load(at);
  const b = v128.load(at + pitch);
  const c = v128.load(at + 2 * pitch);
  const d = v128.load(at + 3 * pitch);
  const e = v128.load(lower);
  const f = v128.load(lower + pitch);
  const g = v128.load(lower + 2 * pitch);
  const h = v128.load(lower + 3 * pitch);
  four16(to, toPitch, low16(a, b), low16(c, d), low16(e, f), low16(g, h));
  four16(to + 4 * toPitch, toPitch, high16(a, b), high16(c, d), high16(e, f), high16(g, h));
}

// @ts-expect-error: decorator
@inline
function four16(to: usize, toPitch: usize, ab: v128, cd: v128, ef: v128, gh: v128): void {
  const upper = low32(ab, cd);
  const lower = low32(ef, gh);
  const upper2 = high32(ab, cd);
  const lower2 = high32(ef, gh);
  v128.store(to, low64(upper, lower));
  v128.store(to + toPitch, high64(upper, lower));
  v128.store(to + 2 * toPitch, low64(upper2, lower2));
  v128.store(to + 3 * toPitch, high64(upper2, lower2));
}

/** 4 x 4 items of 4 bytes. */
// @ts-expect-error: decorator
@inline
function square32(at: usize, pitch: usize, to: usize, toPitch: usize): void {
  const a = v128.load(at);
  const b = v128.load(at + pitch);
  const c = v128.load(at + 2 * pitch);
  const d = v128.load(at + 3 * pitch);
  const ab = low32(a, b);
  const cd = low32(c, d);
  const ab2 = high32(a, b);
  const cd2 = high32(c, d);
  v128.store(to, low64(ab, cd));
  v128.store(to + toPitch, high64(ab, cd));
  v128.store(to + 2 * toPitch, low64(ab2, cd2));
  v128.store(to + 3 * toPitch, high64(ab2, cd2));
}

/** 2 x 2 items of 8 bytes. */
// @ts-expect-error: decorator
@inline
function square64(at: usize, pitch: usize, to: usize, toPitch: usize): void {
  const a = v128.load(at);
  const b = v128.load(at + pitch);
  v128.store(to, low64(a, b));
  v128.store(to + toPitch, high64(a, b));
}
