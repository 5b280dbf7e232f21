// @ts-check
/** Numbers about numbers. */

/** @typedef {{ count: number, min: number, p25: number, median: number, p75: number, max: number }} Summary */

/**
 * @param {readonly number[]} sorted
 * @param {number} part from 0 to 1
 */
export function quantile(sorted, part) {
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

/**
 * @param {readonly number[]} samples
 * @returns {Summary}
 */
export function summary(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => rounded(quantile(sorted, part));
  return { count: sorted.length, min: at(0), p25: at(0.25), median: at(0.5), p75: at(0.75), max: at(1) };
}

/** Six significant digits: more are noise. */
export const rounded = (/** @type {number} */ value) => Number(value.toPrecision(6));

/** @param {readonly number[]} values */
export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
