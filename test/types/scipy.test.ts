/** Sparse matrices, against scipy where it is there, and what of them is refused. */
import { describe, expect, it } from 'vitest';
import { type DecodeOptions, loads, PickleError, SparseMatrix } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { array, dict, fromPython, instance, list, objects, pickle } from './library-pickles.ts';

const SHAPE = '(I2\nI3\nt';

const sparse = (format: string, fields: Readonly<Record<string, string>>, shape = SHAPE): Uint8Array =>
  pickle(instance(`scipy.sparse._${format}`, `${format}_matrix`, dict({ _shape: shape, ...fields })));

const CSR = { data: array('f8', [1, 2, 4]), indices: array('i4', [0, 2, 1]), indptr: array('i4', [0, 2, 3]) };

const FROM_SCIPY = `
import json, pickle, warnings
import numpy as np, scipy.sparse as sp
rng = np.random.default_rng(5)
rows = []
for format in ['csr', 'csc', 'coo', 'bsr', 'dia', 'lil', 'dok']:
    for dtype in ['<f8', '<f4', '<i8', '|i1', '|b1', '<c16', '<u2']:
        for shape in [(4, 6), (6, 4), (1, 1), (2, 0)]:
            for cls in ['matrix', 'array']:
                dense = (rng.integers(-3, 4, shape) * (rng.random(shape) < 0.4)).astype(dtype)
                if dtype == '<c16': dense = dense * (1 + 2j)
                try: matrix = getattr(sp, format + '_' + cls)(dense)
                except Exception: continue
                values = np.asarray(matrix.toarray())
                flat = [[x.real, x.imag] for x in values.ravel().tolist()] if dtype == '<c16' else values.ravel().tolist()
                for protocol in [0, 2, 5]:
                    hex = pickle.dumps(matrix, protocol).hex()
                    rows.append([hex, format, cls, dtype, list(shape), int(matrix.nnz), flat])
print(json.dumps(rows))
`;

type Row = [hex: string, format: string, cls: string, dtype: string, shape: number[], nnz: number, flat: unknown[]];

const rows = fromPython(FROM_SCIPY) as Row[] | null;

describe.each(ENGINES)('sparse matrices, %s', (engine) => {
  const read = (bytes: Uint8Array, options: DecodeOptions = {}): SparseMatrix =>
    loads(bytes, { engine, ...options }) as SparseMatrix;

  const refusal = (bytes: Uint8Array): string => {
    try {
      read(bytes);
    } catch (error) {
      return error instanceof PickleError ? error.code : String(error);
    }
    return 'none';
  };

  it.skipIf(rows === null)(`are what scipy says${rows === null ? ' (skipped: there is no scipy)' : ''}`, () => {
    expect(rows!.length).toBeGreaterThan(500);
    for (const [hex, format, cls, dtype, shape, nnz, flat] of rows!) {
      for (const exact of [false, true]) {
        const matrix = read(Buffer.from(hex, 'hex'), { exact });
        const what = `${format} ${cls} ${dtype} ${shape.join()}`;
        expect(matrix, what).toBeInstanceOf(SparseMatrix);
        expect([matrix.className, matrix.descr.str, matrix.shape, matrix.nnz], what).toEqual([
          `${format}_${cls}`,
          dtype,
          shape,
          nnz,
        ]);
        const dense = matrix.toDense();
        const values = Array.from(dense.flat(), (value) => (typeof value === 'bigint' ? Number(value) : value));
        expect(values, what).toEqual(flat);
        for (const index of [[0, 0], shape.map((length) => length - 1)]) {
          if (!shape.includes(0)) expect(matrix.get(...index), what).toEqual(dense.get(...index));
        }
      }
    }
  });

  it('have entries, elements and a dense array', () => {
    const matrix = read(sparse('csr', CSR));
    expect([...matrix]).toEqual([
      [[0, 0], 1],
      [[0, 2], 2],
      [[1, 1], 4],
    ]);
    expect([matrix.get(0, 2), matrix.get(1, 0), matrix.nnz, matrix.dtype]).toEqual([2, 0, 3, 'float64']);
    expect(matrix.toDense().toNested()).toEqual([
      [1, 0, 2],
      [0, 4, 0],
    ]);
    expect(() => matrix.get(2, 0)).toThrow(RangeError);
    expect(() => matrix.toDense({ maxElements: 5 })).toThrow(RangeError);
    expect(JSON.parse(JSON.stringify(matrix))).toMatchObject({ format: 'csr', shape: [2, 3], coords: [[0, 0, 1], [0, 2, 1]] }); // prettier-ignore
  });

  it('add what is told of a place more than once', () => {
    const coo = { data: array('f8', [1, 2, 4]), row: array('i4', [1, 1, 0]), col: array('i4', [2, 2, 0]) };
    const matrix = read(sparse('coo', coo));
    expect(matrix.get(1, 2)).toBe(3);
    expect(matrix.toDense().toNested()).toEqual([
      [4, 0, 0],
      [0, 0, 3],
    ]);
  });

  it('of a huge shape are read, and made dense by nobody', () => {
    const coo = { data: array('f8', [1]), row: array('i8', [2 ** 50]), col: array('i8', [7]) };
    const matrix = read(sparse('coo', coo, `(L${2n ** 51n}L\nI9\nt`));
    expect([...matrix]).toEqual([[[2 ** 50, 7], 1]]);
    expect(() => matrix.toDense()).toThrow(RangeError);
  });

  const lil = (lists: string, data: string): Uint8Array =>
    sparse('lil', { rows: lists, data, dtype: 'cnumpy\ndtype\n(Vf8\nI00\nI01\ntR' });

  it.each<[what: string, bytes: Uint8Array]>([
    ['no shape', sparse('csr', CSR, 'N')],
    ['a negative length', sparse('csr', CSR, '(I-2\nI3\nt')],
    ['three dimensions', sparse('csr', CSR, '(I2\nI3\nI1\nt')],
    ['a column outside', sparse('csr', { ...CSR, indices: array('i4', [0, 3, 1]) })],
    ['a negative column', sparse('csr', { ...CSR, indices: array('i4', [0, -1, 1]) })],
    ['too few indptr', sparse('csr', { ...CSR, indptr: array('i4', [0, 3]) })],
    ['indptr that decrease', sparse('csr', { ...CSR, indptr: array('i4', [0, 3, 2]) })],
    ['indptr that begin late', sparse('csr', { ...CSR, indptr: array('i4', [1, 2, 3]) })],
    ['indptr beyond the values', sparse('csr', { ...CSR, indptr: array('i4', [0, 2, 4]) })],
    ['indices of floats', sparse('csr', { ...CSR, indices: array('f8', [0, 2, 1]) })],
    ['values of two dimensions', sparse('csr', { ...CSR, data: array('f8', [1, 2, 4], [3, 1]) })],
    ['no values', sparse('csr', { indices: CSR.indices, indptr: CSR.indptr })],
    ['a state that is no dict', pickle(instance('scipy.sparse._csr', 'csr_matrix', 'I1\n'))],
    ['a row outside', sparse('coo', { data: array('f8', [1]), row: array('i4', [2]), col: array('i4', [0]) })],
    ['fewer columns', sparse('coo', { data: array('f8', [1]), row: array('i4', [1]), col: array('i4', []) })],
    ['blocks that do not fit', sparse('bsr', { ...CSR, data: array('f8', [1, 2, 3, 4], [1, 2, 2]) })],
    ['blocks of nothing', sparse('bsr', { ...CSR, data: array('f8', [], [3, 0, 1]) })],
    ['diagonals without offsets', sparse('dia', { data: array('f8', [1, 2], [1, 2]), offsets: array('i4', []) })],
    ['a diagonal twice', sparse('dia', { data: array('f8', [1, 2], [2, 1]), offsets: array('i4', [0, 0]) })],
    ['a row of other values', lil(objects([list(['I0\n']), list([])]), objects([list([]), list([])]))],
    ['a row that is no list', lil(objects(['I0\n', list([])]), objects(['I0\n', list([])]))],
    ['fewer rows', lil(objects([list([])]), objects([list([])]))],
  ])('of %s are refused', (_what, bytes) => {
    expect(refusal(bytes)).toBe('INVALID_STATE');
  });
});
