/** Pickles of pandas' values, written by hand in text opcodes and NEWOBJ. */
import { bytes, dtype, latin1, tuple } from '../arrays/pickles.ts';

export const int = (value: number | bigint): string => `L${value}L\n`;
export const text = (value: string): string => `V${value}\n`;
export const list = (items: readonly string[]): string => `(l${items.map((item) => `${item}a`).join('')}`;
export const tupleOf = (items: readonly string[]): string => `(${items.join('')}t`;
export const dict = (entries: Readonly<Record<string, string>>): string =>
  `(d${Object.entries(entries)
    .map(([key, value]) => `${text(key)}${value}s`)
    .join('')}`;

export const global = (module: string, name: string): string => `c${module}\n${name}\n`;
export const call = (module: string, name: string, args: readonly string[]): string =>
  `${global(module, name)}${tupleOf(args)}R`;
/** NEWOBJ without arguments, and BUILD. */
export const built = (module: string, name: string, state: string): string => `${global(module, name)})\x81${state}b`;

/** The opcodes of an array; little-endian. */
export const ndarray = (shape: readonly number[], of: string, content: readonly number[], isFortran = false): string =>
  `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntR(I1\n${tuple(shape)}${dtype(of)}I0${isFortran ? 1 : 0}\n${bytes(content)}tb`;

export const objects = (items: readonly string[]): string =>
  `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntR(I1\n${tuple([items.length])}${dtype('O', '|')}I00\n${list(items)}tb`;

export const octets = (data: ArrayBufferView): number[] => [
  ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
];
export const floats = (shape: readonly number[], values: readonly number[], isFortran = false): string =>
  ndarray(shape, 'f8', octets(Float64Array.from(values)), isFortran);
export const ints = (shape: readonly number[], values: readonly number[]): string =>
  ndarray(shape, 'i8', octets(BigInt64Array.from(values, BigInt)));
export const bytesOf = (values: readonly number[], of = 'i1'): string =>
  ndarray([values.length], of, octets(Int8Array.from(values)));

export const index = (data: string, cls = 'Index', name = 'N'): string =>
  call('pandas.core.indexes.base', '_new_Index', [global('pandas', cls), dict({ data, name })]);
export const labels = (names: readonly string[]): string => index(objects(names.map(text)));
export const range = (start: number | bigint, stop: number | bigint, step: number | bigint = 1): string =>
  call('pandas.core.indexes.base', '_new_Index', [
    global('pandas', 'RangeIndex'),
    dict({ name: 'N', start: int(start), stop: int(stop), step: int(step) }),
  ]);

export const slice = (start: number, stop: number | null, step = 1): string =>
  call('builtins', 'slice', [int(start), stop === null ? 'N' : int(stop), int(step)]);
export const block = (values: string, placement: string): string =>
  call('pandas._libs.internals', '_unpickle_block', [values, placement, int(2)]);

/** A DataFrame of today. */
export const frame = (blocks: readonly string[], columns: string, rows: string): string =>
  built(
    'pandas',
    'DataFrame',
    dict({
      _mgr: call('pandas.core.internals.managers', 'BlockManager', [tupleOf(blocks), list([columns, rows])]),
      attrs: dict({ unit: text('kg') }),
    }),
  );

/** A Series of today. */
export const series = (values: string, rows: string): string => {
  const inner = dict({
    '0.14.1': dict({ axes: list([rows]), blocks: list([dict({ values, mgr_locs: slice(0, 1) })]) }),
  });
  const state = tupleOf([list([rows]), list([values]), list([rows]), inner]);
  const manager = built('pandas.core.internals.managers', 'SingleBlockManager', state);
  return built('pandas', 'Series', dict({ _mgr: manager, _name: text('s') }));
};

export const category = (codes: string, categories: string): string =>
  `${call('pandas._libs.arrays', '__pyx_unpickle_NDArrayBacked', [global('pandas', 'Categorical'), int(82904607), 'N'])}${tupleOf(
    [built('pandas', 'CategoricalDtype', dict({ categories, ordered: 'I00\n' })), codes, dict({})],
  )}b`;

/** An array of Arrow in pandas; buffers of bytes, or null. */
export function arrow(type: string, length: number | bigint, buffers: readonly (readonly number[] | null)[]): string {
  const given = buffers.map((buffer) => (buffer === null ? 'N' : call('pyarrow.lib', 'py_buffer', [bytes(buffer)])));
  const alias = call('pyarrow.lib', 'type_for_alias', [text(type)]);
  const data = tupleOf([alias, int(length), int(-1), int(0), list(given), list([]), 'N']);
  const array = call('pyarrow.lib', '_restore_array', [data]);
  const of = built('pandas', 'ArrowDtype', dict({ pyarrow_dtype: alias }));
  return built('pandas.arrays', 'ArrowExtensionArray', dict({ _pa_array: array, _dtype: of }));
}

export const pickle = (opcodes: string): Uint8Array => latin1(`\x80\x02${opcodes}.`);
