/** xarray's values. */
import { XrDataArray, XrDataset, XrVariable } from '../../../src/index.ts';
import { entriesOf } from '../../../src/types/stdlib/arguments.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs } from './base.ts';

export const xarray: Teller = {
  made(value, tell) {
    if (value instanceof XrVariable) return { kind: 'variable', ...madeVariable(value, tell) };
    if (value instanceof XrDataArray) {
      const { name, variable, coords } = value;
      return { kind: 'dataarray', name: tell(name), ...madeVariable(variable, tell), coords: named(coords, tell) };
    }
    if (!(value instanceof XrDataset)) return undefined;
    return {
      kind: 'dataset',
      dims: Object.fromEntries(value.dims),
      attrs: madePairs(entriesOf(value.attrs)!, tell),
      coords: named(value.coords, tell),
      data_vars: named(value.dataVars, tell),
    };
  },
  older: () => undefined,
};

const madeVariable = ({ dims, attrs, data }: XrVariable, tell: Tell): object => ({
  dims: Array.from(dims, tell),
  attrs: madePairs(entriesOf(attrs)!, tell),
  array: tell(data),
});

const named = (variables: ReadonlyMap<unknown, XrVariable>, tell: Tell): unknown =>
  Object.fromEntries(Array.from(variables, ([name, variable]) => [String(name), madeVariable(variable, tell)]));
