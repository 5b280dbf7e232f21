/** xarray's values. */
import { describe, expect, it } from 'vitest';
import { type DecodeOptions, loads, NdArray, XrDataArray, XrDataset, XrVariable } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { array, dict, instance, pickle } from './library-pickles.ts';

/** The state of a class with slots. */
const slots = (fields: Readonly<Record<string, string>>): string => `(N${dict(fields)}t`;

const variable = (dims: string, data: string, attrs = 'N'): string =>
  instance('xarray.core.variable', 'Variable', slots({ _attrs: attrs, _data: data, _dims: dims, _encoding: 'N' }));

const X = '(Vx\nt';
const VALUES = variable(X, array('f8', [0.5, 1.5]), dict({ units: 'Vm\n' }));
/** The labels 4 and 7, as an index of pandas. */
const LABELS = `cpandas.core.indexes.base\n_new_Index\n(cpandas\nIndex\n${dict({ data: array('i8', [4, 7]), name: 'Vx\n' })}tR`;
const adapter = (dtype: string): string =>
  instance(
    'xarray.core.indexing',
    'PandasIndexingAdapter',
    slots({ _dtype: `cnumpy\ndtype\n(V${dtype}\nI00\nI01\ntR`, array: LABELS }),
  );
const COORDINATE = variable(X, adapter('i8'));

describe.each(ENGINES)("xarray's values, %s", (engine) => {
  const read = (opcodes: string, options: DecodeOptions = {}): unknown =>
    loads(pickle(opcodes), { engine, ...options });

  it('variables have names of dimensions', () => {
    const value = read(VALUES) as XrVariable;
    expect(value).toBeInstanceOf(XrVariable);
    expect([value.dims, value.shape, value.attrs]).toEqual([['x'], [2], { units: 'm' }]);
    expect((value.data as NdArray).toNested()).toEqual([0.5, 1.5]);
  });

  it('data arrays have coordinates', () => {
    const state = slots({ _variable: VALUES, _name: 'Vdepth\n', _coords: dict({ x: COORDINATE }) });
    const value = read(instance('xarray.core.dataarray', 'DataArray', state)) as XrDataArray;
    expect(value).toBeInstanceOf(XrDataArray);
    const labels = value.coords.get('x')!.data as NdArray;
    expect([value.name, labels.toNested(), labels.writeable]).toEqual(['depth', [4n, 7n], false]);
    expect(JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)))).toMatchObject({ name: 'depth', dims: ['x'], coords: { x: { dims: ['x'] } } }); // prettier-ignore
  });

  it('datasets tell coordinates from data', () => {
    const variables = dict({ depth: VALUES, x: COORDINATE });
    const state = slots({ _attrs: 'N', _coord_names: 'cbuiltins\nset\n((Vx\nltR', _variables: variables });
    const opcodes = instance('xarray.core.dataset', 'Dataset', state);
    for (const exact of [false, true]) {
      const value = read(opcodes, { exact }) as XrDataset;
      expect(value).toBeInstanceOf(XrDataset);
      expect([[...value.dims], [...value.coords.keys()], [...value.dataVars.keys()]]).toEqual([
        [['x', 2]],
        ['x'],
        ['depth'],
      ]);
      expect(value.get('depth')?.shape).toEqual([2]);
    }
  });

  it('labels of complex numbers are an array of them', () => {
    const data = array('f8', [1, 2, 3, 4], [2]).replace('f8', 'c16');
    const labels = `cpandas.core.indexes.base\n_new_Index\n(cpandas\nIndex\n${dict({ data, name: 'N' })}tR`;
    const fields = slots({ _dtype: 'cnumpy\ndtype\n(Vc16\nI00\nI01\ntR', array: labels });
    const source = instance('xarray.core.indexing', 'PandasIndexingAdapter', fields);
    const value = read(variable(X, source)) as XrVariable;
    expect([value.shape, (value.data as NdArray).get(1)]).toEqual([[2], [3, 4]]);
  });

  it('labels that fit no such array stay an index', () => {
    const value = read(variable(X, adapter('U3'))) as XrVariable;
    expect(value.data).not.toBeInstanceOf(NdArray);
    expect(value.shape).toBeUndefined();
  });

  it.each([
    ['of other dimensions', variable('(Vx\nVy\nt', array('f8', [1]))],
    ['without data', instance('xarray.core.variable', 'Variable', slots({ _dims: X }))],
    ['without state', instance('xarray.core.variable', 'Variable', 'I3\n')],
    ['of variables that are none', instance('xarray.core.dataset', 'Dataset', slots({ _variables: dict({ a: 'N' }) }))],
    ['without a variable', instance('xarray.core.dataarray', 'DataArray', slots({ _variable: 'N' }))],
  ])('%s are refused', (_what, opcodes) => {
    expect(() => read(opcodes)).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  });
});
