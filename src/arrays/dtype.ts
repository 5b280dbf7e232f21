/** numpy's dtypes: what one element of an array is, and how its bytes lie. */
import { type DatetimeUnit, GENERIC_UNIT, unitText } from './datetime64.ts';
import { keyValue, type KeyValue } from '../spec/key-kind.ts';
import { refuse } from './refuse.ts';

/**
 * numpy's letter of a kind: bool, int, unsigned int, float, complex, timedelta, datetime, object, bytes, str, void and
 * structured; `T` for StringDType.
 */
export type DtypeKind = 'b' | 'i' | 'u' | 'f' | 'c' | 'm' | 'M' | 'O' | 'S' | 'U' | 'V' | 'T';

/** A field of a structured dtype. */
export interface DtypeField {
  readonly name: string;
  /** Bytes from the element's start. */
  readonly offset: number;
  readonly dtype: Dtype;
  /** A second name or any other note that the field was given; undefined where it was not. */
  readonly title?: unknown;
}

/** What a dtype is made of. */
export interface DtypeParts {
  readonly kind: DtypeKind;
  /** Bytes of one element. */
  readonly itemsize: number;
  readonly byteorder: '<' | '>' | '|';
  /** Bytes; by default what the kind has on a 64-bit machine. */
  readonly alignment?: number | undefined;
  readonly unit?: DatetimeUnit | undefined;
  readonly fields?: readonly DtypeField[] | undefined;
  readonly subarray?: { readonly base: Dtype; readonly shape: readonly number[] } | undefined;
  readonly metadata?: unknown;
  readonly isAligned?: boolean | undefined;
  readonly isRecord?: boolean | undefined;
  readonly strings?: StringOptions | undefined;
  readonly extension?: string | undefined;
}

/** What a StringDType was given. */
export interface StringOptions {
  readonly coerce: boolean;
  /** What stands for a missing string; undefined where none may be missing. */
  readonly na: unknown;
}

/** Levels of structured dtypes and subarrays within each other. */
const MAX_DEPTH = 32;
/** numpy's own limit. */
const MAX_ITEMSIZE = 2 ** 31 - 1;
/** Values in one element, whatever its size. Fields may overlap, so the size alone does not limit them. */
const MAX_VALUES = 2 ** 16;

const NAMES: Readonly<Partial<Record<DtypeKind, string>>> = {
  i: 'int',
  u: 'uint',
  f: 'float',
  c: 'complex',
  S: 'bytes',
  U: 'str',
  V: 'void',
};

/** The parts as they are set. */
type OwnParts = { -readonly [Name in keyof DtypeParts]: DtypeParts[Name] };

/** As on a 64-bit machine. */
function alignmentOf(kind: DtypeKind, itemsize: number): number {
  if ('SVb'.includes(kind)) return 1;
  if (kind === 'U') return 4;
  return Math.max(1, Math.min(16, kind === 'c' ? itemsize / 2 : itemsize));
}

function setParts(own: OwnParts, parts: DtypeParts): void {
  const { kind, itemsize, unit } = parts;
  own.kind = kind;
  own.itemsize = itemsize;
  own.byteorder = parts.byteorder;
  own.alignment = parts.alignment ?? alignmentOf(kind, itemsize);
  own.unit = unit ?? (kind === 'M' || kind === 'm' ? GENERIC_UNIT : undefined);
  own.fields = parts.fields;
  own.subarray = parts.subarray;
  own.metadata = parts.metadata;
  own.isAligned = parts.isAligned ?? false;
  own.isRecord = parts.isRecord ?? false;
  own.strings = parts.strings;
  own.extension = parts.extension;
}

/** A numpy dtype. Immutable once it is used by an array or by another dtype. */
export class Dtype {
  readonly kind!: DtypeKind;
  /** Bytes of one element. */
  readonly itemsize!: number;
  /** '|' where there is no order to be had. */
  readonly byteorder!: '<' | '>' | '|';
  /** Bytes of which the address of an element should be a multiple. */
  readonly alignment!: number;
  /** Of datetime64 and timedelta64. */
  readonly unit!: DatetimeUnit | undefined;
  /** Of structured dtypes, in their order; undefined for others. */
  readonly fields!: readonly DtypeField[] | undefined;
  /** Of a field that is an array itself. */
  readonly subarray!: { readonly base: Dtype; readonly shape: readonly number[] } | undefined;
  readonly metadata!: unknown;
  /** Whether a structured dtype pads its fields as a C compiler does. */
  readonly isAligned!: boolean;
  /** Whether elements are numpy.records. */
  readonly isRecord!: boolean;
  /** Of a StringDType. */
  readonly strings!: StringOptions | undefined;
  /** Name of a dtype that another library has added, as 'bfloat16'. */
  readonly extension!: string | undefined;
  #depth = 1;
  #values = 1;
  #hasObjects = false;
  #isSealed = false;

  /** @throws PickleError INVALID_STATE where the parts fit no dtype */
  constructor(parts: DtypeParts) {
    this.#take(parts);
  }

  /** Whether elements hold Python objects: those of an array come as a list, and not as bytes. */
  get hasObjects(): boolean {
    return this.#hasObjects;
  }

  /** numpy's `dtype.str`: '<f4', '|V12', '<M8[ns]'. */
  get str(): string {
    const { kind, itemsize, byteorder } = this;
    if (kind === 'O') return '|O';
    const size = kind === 'U' ? itemsize / 4 : itemsize;
    const unit = this.unit === undefined || this.unit.name === 'generic' ? '' : `[${unitText(this.unit)}]`;
    return `${byteorder}${kind}${size}${unit}`;
  }

  /** numpy's `dtype.name`: 'float32', 'str128', 'void96', 'datetime64[ns]', 'object'. */
  get name(): string {
    const { kind, itemsize, extension, isRecord } = this;
    if (extension !== undefined) return extension;
    if (kind === 'b') return 'bool';
    if (kind === 'O') return 'object';
    if (kind === 'T') return 'StringDType';
    if (this.unit !== undefined) {
      const unit = this.unit.name === 'generic' ? '' : `[${unitText(this.unit)}]`;
      return `${kind === 'M' ? 'datetime64' : 'timedelta64'}${unit}`;
    }
    return `${isRecord ? 'record' : NAMES[kind]!}${itemsize === 0 ? '' : itemsize * 8}`;
  }

  /** The field of a name, or of a title that is a str. */
  field(name: string): DtypeField | undefined {
    return this.fields?.find((field) => field.name === name) ?? this.fields?.find(({ title }) => title === name);
  }

  /** This dtype in another byte order. */
  withByteorder(byteorder: '<' | '>'): Dtype {
    const isNeeded = this.byteorder !== '|' && this.byteorder !== byteorder;
    return isNeeded ? new Dtype({ ...(this as DtypeParts), byteorder }) : this;
  }

  /** Takes a pickled state: only before the dtype is used, so that no dtype lies within itself. */
  become(parts: DtypeParts): void {
    if (this.#isSealed) refuse('A dtype that is in use was given another state.');
    this.#take(parts);
    this.#isSealed = true;
  }

  /** From now on the dtype is what it is. */
  seal(): this {
    this.#isSealed = true;
    return this;
  }

  toString(): string {
    const { subarray, fields } = this;
    if (subarray !== undefined) return `(${subarray.base.toString()}, (${subarray.shape.join(', ')}))`;
    if (fields === undefined) return this.extension ?? (this.kind === 'T' ? this.name : this.str);
    return `[${fields.map(({ name, dtype }) => `${JSON.stringify(name)}: ${dtype.toString()}`).join(', ')}]`;
  }

  [keyValue](): KeyValue {
    const { fields, itemsize } = this;
    const offsets = fields?.map(({ offset, title }) => [offset, String(title)]);
    return ['dtype', JSON.stringify([this.toString(), itemsize, offsets])];
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Dtype ${this.toString()}`;
  }

  #take(parts: DtypeParts): void {
    const { kind, itemsize, fields, subarray } = parts;
    if (!(Number.isInteger(itemsize) && itemsize >= 0 && itemsize <= MAX_ITEMSIZE)) refuse('An itemsize is wrong.');
    if (kind === 'U' && itemsize % 4 !== 0) refuse('The itemsize of a str dtype is no multiple of 4.');
    this.#hasObjects = kind === 'O' || kind === 'T';
    this.#values = 1;
    this.#depth = 1;
    if (subarray !== undefined) this.#takeSubarray(subarray, itemsize);
    if (fields !== undefined) {
      this.#values = 0;
      for (const field of fields) this.#takeField(field, itemsize);
    }
    if (this.#depth > MAX_DEPTH) refuse(`A dtype is nested more than ${MAX_DEPTH} levels deep.`);
    if (this.#values > MAX_VALUES + itemsize) refuse('A dtype has more values in one element than it has bytes.');
    setParts(this, parts);
  }

  #takeSubarray({ base, shape }: { base: Dtype; shape: readonly number[] }, itemsize: number): void {
    const count = shape.reduce((product, length) => product * length, 1);
    if (base === this || base.itemsize * count !== itemsize) refuse('A subarray is not of the size of its dtype.');
    this.#holds(base, count);
  }

  #takeField({ offset, dtype }: DtypeField, itemsize: number): void {
    if (dtype === this) refuse('A dtype is a field of itself.');
    const isInside =
      Number.isInteger(offset) && offset >= 0 && offset <= itemsize && dtype.itemsize <= itemsize - offset;
    if (!isInside) refuse('A field lies outside of its dtype.');
    this.#holds(dtype, 1);
  }

  #holds(part: Dtype, count: number): void {
    part.seal();
    this.#depth = Math.max(this.#depth, part.#depth + 1);
    this.#values = (count === 1 ? this.#values : 0) + part.#values * count;
    this.#hasObjects ||= part.#hasObjects;
  }
}
