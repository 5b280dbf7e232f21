/** Walking over the indices of an array of any number of dimensions. */

/**
 * Calls `visit` for each index of a box, the first dimension running fastest, with two positions that go with it.
 * @param extents extents of the box, none of them 0; with no dimensions there is one index
 * @param stepsA how far the first position goes for a step in each dimension
 * @param stepsB the same for the second position
 * @param visit is told both positions, and the index, which is good until it returns
 */
export function walkBox(
  extents: readonly number[],
  stepsA: readonly number[],
  stepsB: readonly number[],
  visit: (a: number, b: number, index: readonly number[]) => void,
): void {
  const index = extents.map(() => 0);
  let a = 0;
  let b = 0;
  for (;;) {
    visit(a, b, index);
    let d = 0;
    for (; d < extents.length; d++) {
      a += stepsA[d]!;
      b += stepsB[d]!;
      if (++index[d]! < extents[d]!) break;
      a -= extents[d]! * stepsA[d]!;
      b -= extents[d]! * stepsB[d]!;
      index[d] = 0;
    }
    if (d === extents.length) return;
  }
}

/** How far apart neighbours are in each dimension, in `unit`s, where the first dimension is contiguous. */
export function fortranSteps(shape: readonly number[], unit: number): number[] {
  let step = unit;
  return shape.map((extent) => {
    const own = step;
    step *= extent;
    return own;
  });
}

/** The same where the last dimension is contiguous. */
export function cSteps(shape: readonly number[], unit: number): number[] {
  return fortranSteps(shape.toReversed(), unit).toReversed();
}
