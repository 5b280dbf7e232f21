/** The classes that stand for values of polars. */
export { PolarsDataFrame } from './frame.ts';
export { PolarsSeries } from './series.ts';
