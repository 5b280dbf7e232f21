/** xarray's datasets, data arrays and variables, with what they hold in memory. Indexes and lazy arrays stay inert. */
import type { PyType, TypeContext, TypeFamily } from '../spec/options.ts';
import { XrDataArray, XrDataset } from './xarray/dataset.ts';
import { XrVariable } from './xarray/variable.ts';
import { exactOnly } from './stdlib/reduce.ts';

interface WithState {
  setState(state: unknown, context: TypeContext): void;
}

const classType = (cls: new () => WithState): PyType => ({
  create: (args) => (args.length === 0 ? new cls() : undefined),
  setState(target, state, context) {
    (target as WithState).setState(state, context);
  },
});

export const xarray: TypeFamily = {
  name: 'xarray',
  get types(): TypeFamily['types'] {
    return [
      ['xarray.core.variable', 'Variable', classType(XrVariable)],
      ['xarray.core.variable', 'IndexVariable', classType(XrVariable)],
      ['xarray.core.dataarray', 'DataArray', classType(XrDataArray)],
      ['xarray.core.dataset', 'Dataset', classType(XrDataset)],
    ];
  },
  reducers: [
    exactOnly(XrVariable, 'A variable of xarray', 'its data'),
    exactOnly(XrDataset, 'A Dataset of xarray'),
    exactOnly(XrDataArray, 'A DataArray of xarray', 'its variable.data'),
  ],
};
