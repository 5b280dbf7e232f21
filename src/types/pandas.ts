/**
 * pandas' DataFrames, Series and indexes, of pandas 0.11 to 3. Subclasses that are not pandas' own stay inert.
 */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { NdArray } from '../arrays/nd-array.ts';
import { setArrayState } from './numpy/array-state.ts';
import { inEach } from './numpy/names.ts';
import { Block } from './pandas/blocks.ts';
import { DataFrame } from './pandas/frame.ts';
import { BlockManager } from './pandas/managers.ts';
import {
  BASE_INDEX_MODULES,
  BLOCK_MODULES,
  DATETIME_INDEX_MODULES,
  FRAME_MODULES,
  FROZEN_MODULES,
  INDEX_MODULES,
  INTERVAL_INDEX_MODULES,
  MANAGER_MODULES,
  PERIOD_INDEX_MODULES,
  SERIES_MODULES,
} from './pandas/modules.ts';
import { INDEX_NAMES, newIndex } from './pandas/new-index.ts';
import { bareArray, bareIndex, setOldState } from './pandas/old-state.ts';
import { PANDAS_REDUCERS } from './pandas/reduce.ts';
import { Series } from './pandas/series.ts';
import { madeOf } from './stdlib/arguments.ts';

const index = madeOf(newIndex);

/** A class that pickles name; before 0.15 they make it as a subclass of ndarray. */
const indexClass = (name: string): PyType => ({
  create: (args) => (args.length === 0 ? bareIndex(name) : undefined),
  setState: setOldState,
});

/** The subclass of ndarray that codes were in, before 0.25. */
const frozen: PyType = {
  create: (args) => (args.length === 0 ? bareArray() : undefined),
  setState(target, state) {
    if (target instanceof NdArray) setArrayState(target, state);
  },
};

/** `_unpickle_block(values, placement, ndim)`, and the functions that came before it. */
const block = madeOf((args) => (args.length === 2 || args.length === 3 ? new Block(args[0], args[1]) : undefined));

/** `BlockManager(blocks, axes)`; of old without arguments, and a state. */
const manager: PyType = {
  call(args, kwargs) {
    if (args.length !== 2 || (kwargs?.size ?? 0) > 0) return undefined;
    const made = new BlockManager();
    made.become(args[0], args[1]);
    return made;
  },
  create: (args) => (args.length === 0 ? new BlockManager() : undefined),
  setState(target, state) {
    if (target instanceof BlockManager) target.setState(state);
  },
};

/** What kept columns apart, with the option `mode.data_manager` of pandas 1.3 to 2. */
const arrayManager: PyType = {
  create: (args) => (args.length === 0 ? new BlockManager() : undefined),
  setState(target, state) {
    if (target instanceof BlockManager) target.setArrays(state);
  },
};

const frame = (className: string): PyType => ({
  create: (args) => (args.length === 0 ? new DataFrame(className) : undefined),
  setState(target, state) {
    if (target instanceof DataFrame) target.setState(state);
  },
});

const series = (className: string): PyType => ({
  create: (args) => (args.length === 0 ? new Series(className) : undefined),
  setState(target, state) {
    if (Array.isArray(state)) setOldState(target, state);
    else if (target instanceof Series) target.setState(state);
  },
});

export const pandas: TypeFamily = {
  name: 'pandas',
  get types(): TypeFamily['types'] {
    return [
      ...INDEX_NAMES.flatMap((name) => inEach(INDEX_MODULES, name, indexClass(name))),
      ...inEach(FROZEN_MODULES, 'FrozenNDArray', frozen),
      ...inEach(BASE_INDEX_MODULES, '_new_Index', index),
      ...inEach(DATETIME_INDEX_MODULES, '_new_DatetimeIndex', index),
      ...inEach(PERIOD_INDEX_MODULES, '_new_PeriodIndex', index),
      ...inEach(INTERVAL_INDEX_MODULES, '_new_IntervalIndex', index),
      ...inEach(['pandas._libs.internals'], '_unpickle_block', block),
      ...inEach(BLOCK_MODULES, 'new_block', block),
      ...inEach(BLOCK_MODULES, 'make_block', block),
      ...inEach(MANAGER_MODULES, 'BlockManager', manager),
      ...inEach(MANAGER_MODULES, 'SingleBlockManager', manager),
      ...['ArrayManager', 'SingleArrayManager'].flatMap((name) =>
        inEach(['pandas.core.internals', 'pandas.core.internals.array_manager'], name, arrayManager),
      ),
      ...FRAME_MODULES.map((module): [string, string, PyType] => [module, 'DataFrame', frame(`${module}.DataFrame`)]),
      ...SERIES_MODULES.flatMap((module) =>
        ['Series', 'TimeSeries'].map((name): [string, string, PyType] => [module, name, series(`${module}.${name}`)]),
      ),
    ];
  },
  reducers: PANDAS_REDUCERS,
};
