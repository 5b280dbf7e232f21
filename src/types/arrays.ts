/**
 * Module array: typed arrays of JavaScript, always a copy. In an exact decode PyArrays, which tell their type code too.
 * Since protocol 3 a pickle holds the bytes of a machine and a code that says how it lays numbers out; before, a list.
 */
import type { TypeContext, TypeFamily } from '../spec/options.ts';
import { PyGlobal } from '../values/py.ts';
import { floatOf, isList, madeOf, octetsOf, smallIntOf } from './stdlib/arguments.ts';
import type { NumberArray } from '../arrays/storage.ts';
import { reduced } from './stdlib/reduce.ts';
import { reduceArray } from './stdlib/reduce-array.ts';
import { PyArray } from './stdlib/typed-array.ts';

export const arrays: TypeFamily = {
  name: 'array',
  get types(): TypeFamily['types'] {
    return [
      ['array', '_array_reconstructor', madeOf(reconstructed)],
      ['array', 'array', madeOf(ofList)],
    ];
  },
  reducers: [reduced(PyArray, reduceArray)],
};

type Maker = new (buffer: ArrayBuffer) => NumberArray;

/** Machine formats 0 to 17, in CPython's order: the array, and whether the high byte comes first. */
const FORMATS: readonly (readonly [maker: Maker, isBigEndian: boolean])[] = [
  [Uint8Array, false],
  [Int8Array, false],
  ...[
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    BigUint64Array,
    BigInt64Array,
    Float32Array,
    Float64Array,
  ].flatMap((maker) => [[maker, false] as const, [maker, true] as const]),
];
/** UTF-16 and UTF-32, each low byte first, then high byte first. */
const FIRST_TEXT_FORMAT = 18;
const LAST_TEXT_FORMAT = 21;

/** What a type code holds, as 64-bit Linux and macOS have it. */
const BY_CODE: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['b', Int8Array],
  ['B', Uint8Array],
  ['h', Int16Array],
  ['H', Uint16Array],
  ['i', Int32Array],
  ['I', Uint32Array],
  ['l', BigInt64Array],
  ['L', BigUint64Array],
  ['q', BigInt64Array],
  ['Q', BigUint64Array],
  ['f', Float32Array],
  ['d', Float64Array],
]);

const isText = (code: unknown): boolean => code === 'u' || code === 'w';

/** `_array_reconstructor(cls, typecode, format, bytes)`. */
function reconstructed(args: readonly unknown[], context: TypeContext): unknown {
  const [cls, code, givenFormat, bytes] = args;
  const format = smallIntOf(givenFormat, 0, LAST_TEXT_FORMAT);
  if (args.length !== 4 || !(cls instanceof PyGlobal) || cls.toString() !== 'array.array') return undefined;
  if (typeof code !== 'string' || format === undefined || !(bytes instanceof Uint8Array)) return undefined;
  if (format >= FIRST_TEXT_FORMAT) {
    const text = isText(code) ? textOf(bytes, format) : undefined;
    return text === undefined ? undefined : told(code, text, context);
  }
  const [maker, isBigEndian] = FORMATS[format]!;
  const size = (maker as unknown as { readonly BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
  if (!BY_CODE.has(code) || bytes.length % size !== 0) return undefined;
  // A copy, as an array is its owner's; and bytes of a pickle need not lie where numbers may.
  const copy = new Uint8Array(bytes);
  if (isBigEndian !== isBigEndianHost()) reverseEach(copy, size);
  return told(code, new maker(copy.buffer), context);
}

function told(code: string, data: NumberArray | string, { options }: TypeContext): unknown {
  return options.exact ? new PyArray(code, data) : data;
}

const isBigEndianHost = (): boolean => new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;

function reverseEach(bytes: Uint8Array, size: number): void {
  if (size > 1) for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

function textOf(bytes: Uint8Array, format: number): string | undefined {
  const isWide = format >= FIRST_TEXT_FORMAT + 2;
  const isLittle = format % 2 === 0;
  const size = isWide ? 4 : 2;
  if (bytes.length % size !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const code = isWide ? view.getUint32(at, isLittle) : view.getUint16(at, isLittle);
    if (code > 0x10ffff) return undefined;
    parts.push(isWide ? String.fromCodePoint(code) : String.fromCharCode(code));
  }
  return parts.join('');
}

/** `array(typecode[, items])`: numbers, or text for the type codes of text. */
function ofList(args: readonly unknown[], context: TypeContext): unknown {
  const [code, items = []] = args;
  if (args.length === 0 || args.length > 2 || typeof code !== 'string') return undefined;
  if (isText(code)) {
    const text = isList(items) && items.every((item) => typeof item === 'string') ? items.join('') : items;
    return typeof text === 'string' ? told(code, text, context) : undefined;
  }
  const maker = BY_CODE.get(code);
  if (maker === undefined) return undefined;
  if (isList(items)) {
    const data = numbersOf(items, maker);
    return data && told(code, data, context);
  }
  const bytes = octetsOf(items);
  const isSure = bytes !== undefined && (code === 'b' || code === 'B');
  return isSure ? told(code, new maker(new Uint8Array(bytes).buffer), context) : undefined;
}

/** Undefined where a number is out of range, or is none. */
function numbersOf(items: readonly unknown[], maker: Maker): NumberArray | undefined {
  const size = (maker as unknown as { readonly BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
  const data = new maker(new ArrayBuffer(items.length * size));
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  for (let i = 0; i < items.length; i++) {
    const item = isFloat ? (floatOf(items[i]) ?? items[i]) : items[i];
    if (typeof item !== 'number' && typeof item !== 'bigint') return undefined;
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      if (typeof item === 'number' && !Number.isInteger(item)) return undefined;
      data[i] = BigInt(item);
      if (data[i] !== BigInt(item)) return undefined;
    } else {
      data[i] = Number(item);
      if (!isFloat && (data[i] !== Number(item) || Object.is(item, -0))) return undefined;
    }
  }
  return data;
}
