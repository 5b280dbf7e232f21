/** pandas' dtypes. */
import { Dtype } from '../../arrays/dtype.ts';
import { refuse } from '../../arrays/refuse.ts';
import { ArrowType } from '../arrow/type.ts';
import { fieldsOf } from '../stdlib/arguments.ts';
import { isTimeUnit, type TimeUnit } from './calendar.ts';
import type { Labels } from './category-column.ts';
import { fillText } from './fill-value.ts';
import { freqOf } from './offsets.ts';
import { type Closed, isClosed, isNA } from './scalars.ts';

export type PandasDtypeKind =
  'category' | 'datetimetz' | 'period' | 'interval' | 'sparse' | 'string' | 'masked' | 'arrow';

export interface PandasDtypeParts {
  /** Of 'category'; null where they are not told. */
  readonly categories?: Labels | null;
  readonly ordered?: boolean;
  /** Of 'datetimetz'. */
  readonly unit?: TimeUnit;
  readonly tz?: object | null;
  /** Of 'period': a DateOffset, or an alias. */
  readonly freq?: unknown;
  /** Of 'interval': of its ends; of 'sparse': of its values. */
  readonly subtype?: unknown;
  readonly closed?: Closed | null;
  readonly fillValue?: unknown;
  /** Of 'string': 'python' or 'pyarrow', and what stands for a missing one. */
  readonly storage?: string;
  readonly na?: 'NA' | 'nan';
  readonly arrow?: ArrowType;
}

export class PandasDtype {
  readonly kind: PandasDtypeKind;
  /** 'Int64Dtype', 'CategoricalDtype' ... */
  readonly className: string;
  #parts: PandasDtypeParts;

  constructor(kind: PandasDtypeKind, className: string, parts: PandasDtypeParts = {}) {
    this.kind = kind;
    this.className = className;
    this.#parts = parts;
  }

  get parts(): PandasDtypeParts {
    return this.#parts;
  }

  /**
   * Takes a pickled state.
   * @throws PickleError INVALID_STATE where it is none of such a dtype
   */
  setState(state: unknown): void {
    const fields = fieldsOf(state) ?? refuse('The state of a dtype of pandas is no dict.');
    this.#parts = { ...this.#parts, ...partsOf(this.kind, fields) };
  }

  /** As pandas prints it. */
  toString(): string {
    const { unit, tz, freq, subtype, closed, fillValue, na, arrow } = this.#parts;
    switch (this.kind) {
      case 'category':
        return 'category';
      case 'datetimetz':
        return `datetime64[${unit}, ${String(tz)}]`;
      case 'period':
        return `period[${freqOf(freq, 'period')}]`;
      case 'interval':
        if (subtype === undefined || subtype === null) return 'interval';
        return `interval[${nameOf(subtype)}${closed === undefined || closed === null ? '' : `, ${closed}`}]`;
      case 'sparse':
        return `Sparse[${nameOf(subtype)}, ${fillText(fillValue, nameOf(subtype))}]`;
      case 'string':
        return na === 'nan' ? 'str' : 'string';
      case 'arrow':
        return `${String(arrow)}[pyarrow]`;
      default:
        return this.className === 'BooleanDtype' ? 'boolean' : this.className.replace(/Dtype$/, '');
    }
  }

  toJSON(): string {
    return this.toString();
  }
}

const nameOf = (dtype: unknown): string => (dtype instanceof Dtype ? dtype.name : String(dtype));

type Fields = ReadonlyMap<string, unknown>;

function partsOf(kind: PandasDtypeKind, fields: Fields): PandasDtypeParts {
  switch (kind) {
    case 'category': {
      const categories = fields.get('categories') ?? null;
      if (categories !== null && !isLabels(categories)) refuse('Categories are no index.');
      return { categories, ordered: fields.get('ordered') === true };
    }
    case 'datetimetz':
      return zonedParts(fields);
    case 'interval': {
      const closed = fields.get('closed') ?? null;
      if (closed !== null && !isClosed(closed)) refuse('The closed ends of intervals are not known.');
      return { subtype: fields.get('subtype'), closed };
    }
    case 'sparse':
      return { subtype: fields.get('_dtype'), fillValue: fields.get('_fill_value') };
    case 'string':
      return stringParts(fields.get('storage') ?? fields.get('_storage'), fields.get('_na_value'));
    case 'arrow': {
      const arrow = fields.get('pyarrow_dtype');
      return arrow instanceof ArrowType ? { arrow } : refuse('The type of an ArrowDtype is none.');
    }
    default:
      return {};
  }
}

const isLabels = (value: unknown): value is Labels =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<Labels>).get === 'function' &&
  'dtype' in value;

function zonedParts(fields: Fields): PandasDtypeParts {
  const unit = fields.get('unit');
  const tz = fields.get('tz') ?? null;
  if (!isTimeUnit(unit) || typeof tz !== 'object') refuse('The unit or the zone of a dtype of times is none.');
  return { unit, tz };
}

/** What pandas 2.1 to 2.2 called pyarrow_numpy is the dtype `str` of today. */
export function stringParts(storage: unknown, na: unknown): PandasDtypeParts {
  if (storage === 'pyarrow_numpy') return { storage: 'pyarrow', na: 'nan' };
  const text = typeof storage === 'string' ? storage : 'python';
  return { storage: text, na: na === undefined || na === null || isNA(na) ? 'NA' : 'nan' };
}
