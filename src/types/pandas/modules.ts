/** Where the versions of pandas have what pickles name. */

const CORE = 'pandas.core';
const LIBS = 'pandas._libs';

export const FRAME_MODULES = ['pandas', `${CORE}.frame`];
export const SERIES_MODULES = ['pandas', `${CORE}.series`];
export const BASE_INDEX_MODULES = [`${CORE}.indexes.base`, `${CORE}.index`, 'pandas.indexes.base'];
export const DATETIME_INDEX_MODULES = [`${CORE}.indexes.datetimes`, 'pandas.tseries.index'];
export const PERIOD_INDEX_MODULES = [`${CORE}.indexes.period`, 'pandas.tseries.period'];
export const INTERVAL_INDEX_MODULES = [`${CORE}.indexes.interval`, 'pandas.indexes.interval'];
export const FROZEN_MODULES = [`${CORE}.indexes.frozen`, `${CORE}.base`, `${CORE}.index`, 'pandas.indexes.frozen'];
export const MANAGER_MODULES = [`${CORE}.internals`, `${CORE}.internals.managers`];
export const BLOCK_MODULES = [`${CORE}.internals`, `${CORE}.internals.blocks`, `${CORE}.internals.api`];

/** Every module that has had an index class. */
export const INDEX_MODULES = [
  'pandas',
  ...BASE_INDEX_MODULES,
  ...DATETIME_INDEX_MODULES,
  ...PERIOD_INDEX_MODULES,
  ...INTERVAL_INDEX_MODULES,
  `${CORE}.indexes.numeric`,
  `${CORE}.indexes.range`,
  `${CORE}.indexes.multi`,
  `${CORE}.indexes.category`,
  `${CORE}.indexes.timedeltas`,
  'pandas.indexes.numeric',
  'pandas.indexes.range',
  'pandas.indexes.multi',
  'pandas.indexes.category',
  'pandas.tseries.tdi',
];

/** Every module that has had an extension array. */
export const ARRAY_MODULES = [
  'pandas',
  'pandas.arrays',
  ...['', '.categorical', '.datetimes', '.timedeltas', '.period', '.interval', '.integer', '.floating', '.boolean'].map(
    (name) => `${CORE}.arrays${name}`,
  ),
  ...['.string_', '.string_arrow', '.arrow.array', '.arrow', '.sparse', '.sparse.array', '.numpy_'].map(
    (name) => `${CORE}.arrays${name}`,
  ),
  `${CORE}.categorical`,
];

/** Every module that has had a dtype. */
export const DTYPE_MODULES = [
  'pandas',
  `${CORE}.dtypes.dtypes`,
  'pandas.types.dtypes',
  ...['integer', 'floating', 'boolean', 'string_', 'arrow.dtype', 'sparse', 'sparse.dtype', 'sparse.array'].map(
    (name) => `${CORE}.arrays.${name}`,
  ),
];

export const TIMESTAMP_MODULES = ['pandas', `${LIBS}.tslibs.timestamps`, `${LIBS}.tslib`, 'pandas.tslib'];
export const TIMEDELTA_MODULES = ['pandas', `${LIBS}.tslibs.timedeltas`, `${LIBS}.tslib`, 'pandas.tslib'];
export const NAT_MODULES = [`${LIBS}.tslibs.nattype`, `${LIBS}.tslib`, 'pandas.tslib'];
export const NA_MODULES = ['pandas', `${LIBS}.missing`];
export const PERIOD_MODULES = ['pandas', `${LIBS}.tslibs.period`, `${LIBS}.period`, 'pandas._period'];
export const INTERVAL_MODULES = ['pandas', `${LIBS}.interval`];
export const OFFSET_MODULES = ['pandas', `${LIBS}.tslibs.offsets`, 'pandas.tseries.offsets'];
export const SPARSE_INDEX_MODULES = [`${LIBS}.sparse`, 'pandas._sparse', 'pandas.sparse._sparse'];
