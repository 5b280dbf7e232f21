/** scipy's sparse matrices and arrays, of all formats. What else scipy pickles stays inert, with the arrays in it made. */
import { refuse } from '../arrays/refuse.ts';
import type { PyType, TypeFamily } from '../spec/options.ts';
import { partsOf, type SparseFormat } from './scipy/layouts.ts';
import { SPARSE_REDUCERS } from './scipy/reduce.ts';
import { SparseMatrix } from './scipy/sparse-matrix.ts';
import { fieldsOf } from './stdlib/arguments.ts';

/** A dok is a dict too: its entries come before its state. */
class DokMatrix extends SparseMatrix {
  #entries: ReadonlyMap<unknown, unknown>;

  constructor(className: string, entries: ReadonlyMap<unknown, unknown>) {
    super('dok', className);
    this.#entries = entries;
  }

  get dict(): ReadonlyMap<unknown, unknown> {
    return this.#entries;
  }

  add(entries: readonly (readonly [unknown, unknown])[]): void {
    this.#entries = new Map([...this.#entries, ...entries]);
  }
}

function setState(target: unknown, state: unknown): void {
  const fields = fieldsOf(state);
  if (fields === undefined) refuse('The state of a sparse matrix is no dict.');
  const matrix = target as SparseMatrix;
  matrix.become(partsOf(matrix.format, fields, matrix instanceof DokMatrix ? matrix.dict : null));
}

const matrixType = (format: SparseFormat, className: string): PyType => ({
  create: (args) => (args.length === 0 ? new SparseMatrix(format, className) : undefined),
  setState,
});

/** `copyreg._reconstructor` gives the dict that a dok is made of. */
const dokType = (className: string): PyType => ({
  create([dict, ...rest]) {
    if (rest.length > 0) return undefined;
    if (dict === undefined || dict instanceof Map) return new DokMatrix(className, dict ?? new Map());
    // An empty dict may have become an object.
    return fieldsOf(dict)?.size === 0 ? new DokMatrix(className, new Map()) : undefined;
  },
  setItems(target, entries) {
    (target as DokMatrix).add(entries);
  },
  setState,
});

const FORMATS: readonly SparseFormat[] = ['csr', 'csc', 'coo', 'bsr', 'dia', 'lil', 'dok'];

/** Where the versions of scipy have a format. */
const modulesOf = (format: SparseFormat): readonly string[] => [
  `scipy.sparse._${format}`,
  `scipy.sparse.${format}`,
  'scipy.sparse._arrays',
  'scipy.sparse',
];

export const scipy: TypeFamily = {
  name: 'scipy',
  get types(): TypeFamily['types'] {
    return FORMATS.flatMap((format) =>
      ['matrix', 'array'].flatMap((ending) => {
        const name = `${format}_${ending}`;
        const type = format === 'dok' ? dokType(name) : matrixType(format, name);
        return modulesOf(format).map((module) => [module, name, type] as const);
      }),
    );
  },
  reducers: SPARSE_REDUCERS,
};
