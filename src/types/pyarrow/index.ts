/** Values of pyarrow's types beside arrays. */
export { ArrowScalar } from './scalar.ts';
export { ArrowSchema } from './schema.ts';
export { ArrowTable, type ArrowTableColumn } from './table.ts';
