/** pyarrow's tables, against pyarrow where it is there. */
import { describe, expect, it } from 'vitest';
import { ArrowScalar, type ArrowSchema, ArrowTable, loads, PyObject } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { fromPython, pickle } from './library-pickles.ts';

const FROM_PYARROW = `
import json, pickle
import pyarrow as pa
columns = {
    'i': pa.array([1, None, 3], pa.int16()), 'f': pa.array([0.5, 1.5, None]), 's': pa.array(['a', None, '\\u00e9\\u4e2d']),
    'b': pa.array([True, None, False]), 'l': pa.array([[1, 2], [], None], pa.list_(pa.int32())),
    'r': pa.array([{'x': 1, 'y': 'p'}, None, {'x': None, 'y': 'q'}]), 'd': pa.array(['u', 'v', 'u']).dictionary_encode(),
    'n': pa.nulls(3), 'L': pa.array(['x', 'yy', None], pa.large_string()),
    'F': pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int8(), 2)),
}
table = pa.table(columns)
rows = []
for value in [table, table.slice(1), table.slice(2, 0), pa.concat_tables([table, table.slice(1, 1)]),
              table.to_batches()[0], table.to_batches()[0].slice(1, 2)]:
    for protocol in [0, 2, 4, 5]:
        rows.append([pickle.dumps(value, protocol).hex(), type(value).__name__, value.to_pylist(), str(value.schema)])
print(json.dumps(rows))
`;

const rows = fromPython(FROM_PYARROW) as [hex: string, kind: string, list: unknown[], schema: string][] | null;

const TYPE = 'cpyarrow.lib\ntype_for_alias\n(Vint8\ntR';
const SCHEMA = `cpyarrow.lib\nschema\n((cpyarrow.lib\nfield\n(Va\n${TYPE}I01\nNtRlNtR`;
/** One value, 7, or of another length. */
const column = (length: number): string =>
  `cpyarrow.lib\n_restore_array\n((${TYPE}I${length}\nI0\nI0\n(Nc_codecs\nencode\n(V\x07\nVlatin1\ntRl(lNttR`;
const table = (columns: string, schema = SCHEMA): string =>
  `cpyarrow.lib\n_reconstruct_table\n((${columns}l${schema}tR`;

describe.each(ENGINES)("pyarrow's values, %s", (engine) => {
  it.skipIf(rows === null)(
    `tables are what pyarrow says${rows === null ? ' (skipped: there is no pyarrow)' : ''}`,
    () => {
      for (const [hex, kind, list, schema] of rows!) {
        const value = loads(Buffer.from(hex, 'hex'), { engine }) as ArrowTable;
        expect(value).toBeInstanceOf(ArrowTable);
        expect([value.kind, value.numRows, value.schema.toString()]).toEqual([kind, list.length, schema]);
        expect(value.toArray()).toEqual(list);
      }
    },
  );

  it('tables have columns and rows', () => {
    const value = loads(pickle(table(column(1))), { engine }) as ArrowTable;
    expect([value.numRows, value.numCols, value.schema.names]).toEqual([1, 1, ['a']]);
    expect([value.get(0), value.get(1), value.get(-1)]).toEqual([{ a: 7 }, null, null]);
    expect([value.getChild('a')?.get(0), value.getChild('constructor'), value.toColumns()]).toEqual([
      7,
      null,
      { a: [7] },
    ]);
  });

  it('scalars and schemas have types', () => {
    const scalar = loads(pickle(`cpyarrow.lib\nscalar\n(I5\n${TYPE}tR`), { engine }) as ArrowScalar;
    expect(scalar).toBeInstanceOf(ArrowScalar);
    expect([scalar.value, String(scalar.type)]).toEqual([5, 'int8']);
    const schema = loads(pickle(SCHEMA), { engine }) as ArrowSchema;
    expect([schema.toString(), JSON.stringify(schema)]).toEqual([
      'a: int8',
      '[{"name":"a","type":"int8","nullable":true}]',
    ]);
  });

  it('what holds an unknown type stays inert', () => {
    const unknown = SCHEMA.replace('type_for_alias', 'not_known_yet');
    expect(loads(pickle(unknown), { engine })).toBeInstanceOf(PyObject);
    expect(loads(pickle(table(column(1), unknown)), { engine })).toBeInstanceOf(PyObject);
    const view = (opcodes: string): string => opcodes.replaceAll(TYPE, 'cpyarrow.lib\nrun_end_encoded\n(tR');
    expect(loads(pickle(table(view(column(1)), view(SCHEMA))), { engine })).toBeInstanceOf(PyObject);
  });

  it.each([
    ['of more columns than fields', table(column(1) + column(1))],
    ['of another type', table(column(1).replace('int8', 'uint8'))],
    ['longer than their bytes', table(column(2))],
  ])('tables %s are refused', (_what, opcodes) => {
    expect(() => loads(pickle(opcodes), { engine })).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  });
});
