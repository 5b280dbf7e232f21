/** pandas' extension arrays and dtypes. */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { textOf } from '../arrays/dtype-state.ts';
import { PyGlobal } from '../values/py.ts';
import { inEach } from './numpy/names.ts';
import { ARRAY_NAMES, setArrayState } from './pandas/array-states.ts';
import { PandasDtype, type PandasDtypeKind, stringParts } from './pandas/dtypes.ts';
import { ExtensionArray } from './pandas/extension-array.ts';
import { ARRAY_MODULES, DTYPE_MODULES, SPARSE_INDEX_MODULES } from './pandas/modules.ts';
import { DateOffset } from './pandas/offsets.ts';
import { SparseIndex } from './pandas/sparse-index.ts';
import { made, madeOf } from './stdlib/arguments.ts';

const setState: NonNullable<PyType['setState']> = (target, state) => {
  if (target instanceof ExtensionArray) setArrayState(target, state);
};

/** `__pyx_unpickle_X(cls, checksum, state)`: where the state is None, it comes later. */
const unpickled: PyType = {
  call([cls, , state, ...more], kwargs) {
    const isKnown = cls instanceof PyGlobal && cls.module.startsWith('pandas') && ARRAY_NAMES.includes(cls.name);
    if (!isKnown || more.length > 0 || (kwargs?.size ?? 0) > 0) return undefined;
    const array = new ExtensionArray(cls.toString());
    if (state !== null && state !== undefined) setArrayState(array, state);
    return array;
  },
  setState,
};

const array = (className: string): PyType => ({
  create: (args) => (args.length === 0 ? new ExtensionArray(className) : undefined),
  setState,
});

const KINDS: Readonly<Record<string, PandasDtypeKind>> = {
  CategoricalDtype: 'category',
  DatetimeTZDtype: 'datetimetz',
  IntervalDtype: 'interval',
  SparseDtype: 'sparse',
  ArrowDtype: 'arrow',
  ...Object.fromEntries(
    ['Boolean', 'Int8', 'Int16', 'Int32', 'Int64', 'UInt8', 'UInt16', 'UInt32', 'UInt64', 'Float32', 'Float64'].map(
      (name) => [`${name}Dtype`, 'masked' as const],
    ),
  ),
};

const setDtypeState: NonNullable<PyType['setState']> = (target, state) => {
  if (target instanceof PandasDtype) target.setState(state);
};

const dtype = (kind: PandasDtypeKind, className: string): PyType =>
  made((args) => (args.length === 0 ? new PandasDtype(kind, className) : undefined), { setState: setDtypeState });

/** `StringDtype(storage, na_value)`; of old what BUILD gives. */
const stringDtype = made(
  ([storage, na, ...more]) =>
    more.length > 0 ? undefined : new PandasDtype('string', 'StringDtype', stringParts(storage, na)),
  { setState: setDtypeState },
);

/** `PeriodDtype(freq)`, where that is an offset, or a text: `period[M]`. */
const periodDtype = made(([given, ...more]) => {
  const text = textOf(given);
  const freq = text === undefined ? given : /^[Pp]eriod\[(.*)\]$/.exec(text)?.[1];
  const isFreq = freq instanceof DateOffset || typeof freq === 'string';
  return isFreq && more.length === 0 ? new PandasDtype('period', 'PeriodDtype', { freq }) : undefined;
});

export const pandasArrays: TypeFamily = {
  name: 'pandas.arrays',
  get types(): TypeFamily['types'] {
    return [
      ...['NDArrayBacked', 'PeriodMixin', 'IntervalMixin'].flatMap((name) =>
        inEach(
          ['pandas._libs.arrays', 'pandas._libs.interval', 'pandas._libs.tslibs.period'],
          `__pyx_unpickle_${name}`,
          unpickled,
        ),
      ),
      ...ARRAY_MODULES.flatMap((module) =>
        ARRAY_NAMES.map((name): [string, string, PyType] => [module, name, array(`${module}.${name}`)]),
      ),
      ...Object.entries(KINDS).flatMap(([name, kind]) => inEach(DTYPE_MODULES, name, dtype(kind, name))),
      ...inEach(DTYPE_MODULES, 'StringDtype', stringDtype),
      ...inEach(DTYPE_MODULES, 'PeriodDtype', periodDtype),
      ...inEach(
        SPARSE_INDEX_MODULES,
        'IntIndex',
        madeOf((args) => SparseIndex.of(args, false)),
      ),
      ...inEach(
        SPARSE_INDEX_MODULES,
        'BlockIndex',
        madeOf((args) => SparseIndex.of(args, true)),
      ),
    ];
  },
};
