/**
 * polars' DataFrames and Series: Arrow streams in their pickles. Plans and expressions (LazyFrame, Expr) are bytes of a
 * format that is polars' own and changes with each version: they stay inert, as do its data types.
 */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { PolarsDataFrame } from './polars/frame.ts';
import { PolarsSeries } from './polars/series.ts';
import { exactOnly } from './stdlib/reduce.ts';

const FRAME_MODULES = ['polars.dataframe.frame', 'polars.internals.dataframe.frame', 'polars.internals.frame'];
const SERIES_MODULES = ['polars.series.series', 'polars.internals.series.series', 'polars.internals.series'];

const typeOf = <Made extends { setState(state: unknown): void }>(
  Class: new (className: string) => Made,
  className: string,
): PyType => ({
  create: (args) => (args.length === 0 ? new Class(className) : undefined),
  setState(target, state) {
    if (target instanceof Class) target.setState(state);
  },
});

type Row = readonly [module: string, name: string, type: PyType];

export const polars: TypeFamily = {
  name: 'polars',
  get types(): TypeFamily['types'] {
    return [
      ...FRAME_MODULES.map((module): Row => [module, 'DataFrame', typeOf(PolarsDataFrame, `${module}.DataFrame`)]),
      ...SERIES_MODULES.map((module): Row => [module, 'Series', typeOf(PolarsSeries, `${module}.Series`)]),
    ];
  },
  reducers: [
    exactOnly(PolarsSeries, 'A Series of polars', 'its values'),
    exactOnly(PolarsDataFrame, 'A DataFrame of polars', 'its toRecords()'),
  ],
};
