/** The labels of a coordinate: xarray keeps an index of pandas, and what dtype its array would have. */
import { Dtype } from '../../arrays/dtype.ts';
import { arrayFromBytes, arrayFromObjects } from '../../arrays/make.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { type ArrayData, storageOf } from '../../arrays/storage.ts';
import { PyGlobal, PyObject, PyTuple } from '../../values/py.ts';
import { Index, MultiIndex } from '../pandas/index-objects.ts';
import { arrayOfValues } from '../scipy/values.ts';
import { fieldsOf, isList } from '../stdlib/arguments.ts';

/** The attributes that a state sets: of a dict, or of a class with slots. */
export function attributesOf(state: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!isList(state)) return fieldsOf(state);
  const attributes = new Map<string, unknown>();
  for (const part of state) {
    const fields = part === null ? new Map<string, unknown>() : fieldsOf(part);
    if (fields === undefined) return undefined;
    for (const [name, value] of fields) attributes.set(name, value);
  }
  return attributes;
}

const ADAPTERS = new Set(['PandasIndexingAdapter', 'PandasMultiIndexingAdapter']);

/**
 * The array of an index that is wrapped for xarray; the index itself where no array has its labels; anything else as it
 * is.
 */
export function arrayOfData(data: unknown, isTagged: boolean): unknown {
  const isAdapter = data instanceof PyObject && data.callable instanceof PyGlobal && ADAPTERS.has(data.callable.name);
  const fields = isAdapter ? attributesOf(data.state) : undefined;
  const index = fields?.get('array');
  const dtype = fields?.get('_dtype') ?? fields?.get('dtype');
  if (!(index instanceof Index)) return data;
  if (!(dtype instanceof Dtype)) return index;
  const level = fields?.get('level') ?? null;
  if (index instanceof MultiIndex) {
    const labels = level === null ? tuplesOf(index, isTagged) : labelsOfLevel(index, level);
    return arrayOfLabels(labels, dtype) ?? index;
  }
  return arrayOfLabels(index.values, dtype) ?? index;
}

const tuplesOf = (index: MultiIndex, isTagged: boolean): unknown[] =>
  index.toArray().map((labels) => (isTagged ? PyTuple.from(labels as unknown[]) : labels));

/** The labels of one level: numbers where each is there, else an array with null for what is missing. */
function labelsOfLevel(index: MultiIndex, name: unknown): ArrayData {
  const at = index.names.indexOf(name);
  const [level, codes] = [index.levels[at], index.codes[at]];
  if (level === undefined || codes === undefined) return [];
  const { values } = level;
  const isWhole = codes.every((code: number | bigint) => code >= 0);
  const isOneEach = values.length === level.length;
  if (Array.isArray(values) || !isWhole || !isOneEach) {
    return Array.from<number | bigint, unknown>(codes, (code) => (code < 0 ? null : level.get(Number(code))));
  }
  const taken = values.slice(0, 0).constructor as new (length: number) => typeof values;
  const labels = new taken(codes.length);
  for (let i = 0; i < labels.length; i++) labels[i] = values[Number(codes[i])]!;
  return labels;
}

/** Numbers and times are pandas' own, which it does not let write to. */
function arrayOfLabels(labels: ArrayData, dtype: Dtype): NdArray | undefined {
  const { kind } = dtype.seal();
  if (!Array.isArray(labels)) {
    const { type, isRaw, width } = storageOf(dtype);
    const fits = type === labels.constructor && !isRaw;
    // A complex label is two numbers.
    const shape = [labels.length / width];
    return fits ? new NdArray({ data: labels, descr: dtype, shape, writeable: false }) : undefined;
  }
  if (kind === 'O') return arrayFromObjects(labels, dtype, [labels.length]);
  if (kind === 'U') return arrayOfTexts(labels, dtype);
  const isNumbers = 'biuf'.includes(kind) && labels.every((label) => typeof label === 'number');
  return isNumbers ? arrayOfValues(labels, dtype) : undefined;
}

/** Each text in as many characters of 32 bits as the dtype has. */
function arrayOfTexts(labels: readonly unknown[], dtype: Dtype): NdArray | undefined {
  const { itemsize } = dtype;
  if (!labels.every((label) => typeof label === 'string')) return undefined;
  const bytes = new Uint8Array(labels.length * itemsize);
  const view = new DataView(bytes.buffer);
  labels.forEach((label, i) => {
    let at = i * itemsize;
    for (const character of label) {
      if (at === (i + 1) * itemsize) break;
      view.setUint32(at, character.codePointAt(0)!, dtype.byteorder !== '>');
      at += 4;
    }
  });
  return arrayFromBytes(bytes, dtype, [labels.length]);
}
