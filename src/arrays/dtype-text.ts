/** Dtypes from what numpy writes for them: '<f4', 'M8[25s]', 'float32', and the lists of an .npy header. */
import { type DatetimeUnit, GENERIC_UNIT, isUnitName } from './datetime64.ts';
import { Dtype, type DtypeField, type DtypeKind, type DtypeParts } from './dtype.ts';
import { refuse } from './refuse.ts';
import { MAX_DIMENSIONS } from './shape.ts';

/** An .npy header's descr: a text, or fields as `[name, descr]` and `[name, descr, shape]`; name may be `[title, name]`. */
export type Descr = string | readonly DescrField[];
export type DescrField = readonly [
  name: string | readonly [title: string, name: string],
  descr: Descr,
  shape?: readonly number[],
];

/** Sizes in bytes that a kind may have; kinds that are not here have any. */
const SIZES: Readonly<Partial<Record<DtypeKind, readonly number[]>>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8, 12, 16],
  c: [8, 16, 24, 32],
  m: [8],
  M: [8],
  O: [8, 4],
};

/** Names and letters without a size. On 64-bit Linux and macOS, as most pickles are. */
const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    b1: 'bool bool_ bool8 ?',
    i1: 'int8 byte b',
    i2: 'int16 short h',
    i4: 'int32 intc i',
    i8: 'int64 int int_ long longlong intp l q p n',
    u1: 'uint8 ubyte B',
    u2: 'uint16 ushort H',
    u4: 'uint32 uintc I',
    u8: 'uint64 uint ulong ulonglong uintp L Q P N',
    f2: 'float16 half e',
    f4: 'float32 single f',
    f8: 'float64 float float_ double d',
    f16: 'float128 longdouble longfloat g',
    c8: 'complex64 csingle singlecomplex F',
    c16: 'complex128 complex complex_ cdouble cfloat D',
    c32: 'complex256 clongdouble clongfloat longcomplex G',
    O8: 'object object_ O',
    S0: 'bytes bytes_ bytes0 string_ S a',
    U0: 'str str_ str0 unicode_ U',
    V0: 'void V',
    M8: 'datetime64 M',
    m8: 'timedelta64 m',
  }).flatMap(([code, names]) => names.split(' ').map((name): [string, string] => [name, code])),
);

/** Levels of lists within lists. */
const MAX_DESCR_DEPTH = 32;

/**
 * The dtype of a text such as '<f4', '|S10', 'M8[25s]', 'float32'; undefined where it is none. Without a byte order it
 * is little-endian.
 */
export function dtypeOfText(text: string): Dtype | undefined {
  const [, unitText] = /\[(.*)\]$/.exec(text) ?? [];
  const bare = unitText === undefined ? text : text.slice(0, -unitText.length - 2);
  const order = /^[<>=|]/.exec(bare)?.[0];
  const code = order === undefined ? bare : bare.slice(1);
  const [, letter, digits] = /^([biufcmMOSUVa])(\d{1,10})$/.exec(BY_NAME.get(code) ?? code) ?? [];
  if (letter === undefined) return undefined;
  const kind = (letter === 'a' ? 'S' : letter) as DtypeKind;
  const itemsize = Number(digits) * (kind === 'U' ? 4 : 1);
  const sizes = SIZES[kind];
  if (sizes !== undefined && !sizes.includes(itemsize)) return undefined;
  const isTime = kind === 'M' || kind === 'm';
  const unit = unitText === undefined ? undefined : unitOfText(unitText);
  if (unitText !== undefined && (unit === undefined || !isTime)) return undefined;
  return new Dtype({
    kind,
    itemsize: kind === 'O' ? 8 : itemsize,
    byteorder: hasByteorder(kind, itemsize) ? (order === '>' ? '>' : '<') : '|',
    unit: isTime ? (unit ?? GENERIC_UNIT) : undefined,
  });
}

/** Whether bytes of a kind come in an order: single bytes, bytes and objects do not. */
export function hasByteorder(kind: DtypeKind, itemsize: number): boolean {
  return kind === 'U' || (itemsize > 1 && !'SVOTb'.includes(kind));
}

/** 'ns', '25s', '7D'; undefined where it is no unit. */
function unitOfText(text: string): DatetimeUnit | undefined {
  const [, count = '', name = ''] = /^(\d{0,9})([a-zA-Z]+)$/.exec(text) ?? [];
  if (!isUnitName(name) || Number(count || 1) < 1) return undefined;
  return { name, count: Number(count || 1) };
}

/**
 * The dtype of an .npy header's descr.
 * @throws PickleError INVALID_STATE where it is none
 */
export function dtypeOfDescr(descr: Descr): Dtype {
  return atDepth(descr, 0);
}

function atDepth(descr: Descr, depth: number): Dtype {
  if (typeof descr === 'string') return dtypeOfText(descr) ?? refuse('A dtype is not known.');
  if (!Array.isArray(descr) || depth > MAX_DESCR_DEPTH) refuse('A dtype is neither a text nor a list of fields.');
  const fields: DtypeField[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const field of descr as readonly unknown[]) {
    if (!Array.isArray(field) || field.length < 2 || field.length > 3) refuse('A field of a dtype is wrong.');
    const [label, inner, shape] = field as unknown as DescrField;
    const [title, name] = Array.isArray(label) ? (label as unknown[]) : [undefined, label];
    if (typeof name !== 'string') refuse('A field of a dtype has no name.');
    const base = atDepth(inner, depth + 1);
    const dtype = shape === undefined ? base : subarrayOf(base, shape);
    // Padding comes as fields of no name.
    if (name !== '') {
      if (names.has(name)) refuse('Two fields of a dtype have one name.');
      names.add(name);
      fields.push({ name, offset, dtype, title });
    }
    offset += dtype.itemsize;
  }
  return new Dtype({ kind: 'V', itemsize: offset, byteorder: '|', alignment: 1, fields });
}

/** An array of a dtype within an element. */
export function subarrayOf(base: Dtype, shape: readonly number[]): Dtype {
  return new Dtype(subarrayParts(base, shape));
}

/** @throws PickleError INVALID_STATE where the shape is wrong */
export function subarrayParts(base: Dtype, shape: readonly number[]): DtypeParts {
  const isShape = Array.isArray(shape) && shape.length <= MAX_DIMENSIONS;
  if (!isShape || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
    refuse('The shape of a subarray is wrong.');
  }
  const count = shape.reduce((product, length) => product * length, 1);
  const { alignment, itemsize } = base;
  return { kind: 'V', itemsize: itemsize * count, byteorder: '|', alignment, subarray: { base, shape } };
}
