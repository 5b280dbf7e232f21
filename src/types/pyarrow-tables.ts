/** pyarrow's tables, record batches, schemas and scalars. They stay inert where they hold a type that is not known. */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { ArrowArray } from './arrow/array.ts';
import { ArrowChunkedArray } from './arrow/chunked.ts';
import { PyArrowField } from './arrow/field.ts';
import { ArrowType } from './arrow/type.ts';
import { ArrowScalar } from './pyarrow/scalar.ts';
import { ArrowSchema } from './pyarrow/schema.ts';
import { ArrowTable } from './pyarrow/table.ts';
import { madeOf } from './stdlib/arguments.ts';
import { exactOnly } from './stdlib/reduce.ts';

/** `schema(fields, metadata)`. */
const schema = madeOf(([fields, metadata = null, ...rest]) => {
  if (rest.length > 0 || !Array.isArray(fields)) return undefined;
  return fields.every((field) => field instanceof PyArrowField)
    ? new ArrowSchema(fields as PyArrowField[], metadata)
    : undefined;
});

/** Whether the values of a type are read: of some, arrays have no values. A type is at most 64 levels deep. */
const isRead = ({ layout, fields, parts: { value } }: ArrowType): boolean =>
  layout !== 'other' && fields.every(({ type }) => isRead(type)) && (value === undefined || isRead(value));

const isColumn = (column: unknown): boolean => column instanceof ArrowArray || column instanceof ArrowChunkedArray;

/** `_reconstruct_table(columns, schema)`. */
const tableType = (kind: 'Table' | 'RecordBatch'): PyType =>
  madeOf(([columns, given, ...rest]) => {
    if (rest.length > 0 || !Array.isArray(columns) || !(given instanceof ArrowSchema)) return undefined;
    if (!given.fields.every(({ type }) => isRead(type))) return undefined;
    return columns.every(isColumn) ? new ArrowTable(kind, columns as ArrowArray[], given) : undefined;
  });

/** `scalar(value, type)`. */
const scalar = madeOf(([value, type, ...rest]) => {
  return rest.length === 0 && type instanceof ArrowType ? new ArrowScalar(type, value) : undefined;
});

export const pyarrowTables: TypeFamily = {
  name: 'pyarrow.tables',
  get types(): TypeFamily['types'] {
    return [
      ['pyarrow.lib', 'schema', schema],
      ['pyarrow.lib', '_reconstruct_table', tableType('Table')],
      ['pyarrow.lib', '_reconstruct_record_batch', tableType('RecordBatch')],
      ['pyarrow.lib', 'scalar', scalar],
    ];
  },
  reducers: [exactOnly(ArrowTable, 'A table of Arrow', 'its toArray()')],
};
