/** Arrow's arrays, from the buffers that pyarrow pickles. */
import { lazyJson, LazyList } from '../../spec/lazy-json.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { NumberArray } from '../../arrays/storage.ts';
import { listOf } from '../pandas/column.ts';
import { bitAt, checkBits, numbersIn, offsetsIn } from './buffers.ts';
import type { ArrowType } from './type.ts';
import { getterOf, VIEW_BYTES } from './values.ts';

/** What an array is made of, as Arrow's ArrayData has it. */
export interface ArrowArrayParts {
  readonly type: ArrowType;
  readonly length: number;
  /** Values before the first one, in every buffer. */
  readonly offset: number;
  /** The first tells by a bit which values are there; null where all are. */
  readonly buffers: readonly (Uint8Array | null)[];
  readonly children: readonly ArrowArray[];
  readonly dictionary: ArrowArray | null;
}

export class ArrowArray {
  readonly type: ArrowType;
  readonly length: number;
  readonly offset: number;
  /** A bit for every value from the buffers' start, the lowest first: 0 where it is missing; null where none is. */
  readonly validity: Uint8Array | null;
  /** Numbers and indices from the buffers' start; bytes of strings, of bits and of values of a fixed size. */
  readonly data: NumberArray;
  /** Of strings, bytes and lists: where each begins, from the buffers' start, and where the last ends. */
  readonly offsets: Int32Array | BigInt64Array | undefined;
  /** Of views, the buffers that they look into. */
  readonly views: readonly Uint8Array[];
  readonly children: readonly ArrowArray[];
  readonly dictionary: ArrowArray | null;
  #get: ((at: number) => unknown) | undefined;

  /** @throws PickleError INVALID_STATE where the buffers are not those of such an array */
  constructor({ type, length, offset, buffers, children, dictionary }: ArrowArrayParts) {
    const end = offset + length;
    if (!Number.isSafeInteger(end)) refuse('An Arrow array is too long.');
    const [validity = null, second = null, third = null] = buffers;
    if (validity !== null && type.layout !== 'null') checkBits(validity, end);
    this.type = type;
    this.length = length;
    this.offset = offset;
    this.validity = type.layout === 'null' ? null : validity;
    this.views = type.layout === 'view' ? buffers.slice(2).map((buffer) => buffer ?? NOTHING) : [];
    this.children = children;
    this.dictionary = dictionary;
    this.offsets = this.#offsetsOf(second, third, end);
    this.data = dataOf(type, second, third, end);
    this.#checkInside(end);
  }

  /** How many values are missing. */
  get nullCount(): number {
    if (this.type.layout === 'null') return this.length;
    if (this.validity === null) return 0;
    let count = 0;
    for (let i = 0; i < this.length; i++) if (!bitAt(this.validity, this.offset + i)) count++;
    return count;
  }

  /** The value at a place; null where it is missing; undefined of unions, run ends and intervals, which are not read. Structs are objects, maps lists of pairs. */
  get(i: number): unknown {
    const at = this.offset + i;
    if (this.type.layout === 'null' || (this.validity !== null && !bitAt(this.validity, at))) return null;
    return (this.#get ??= getterOf(this))(at);
  }

  /** Of a struct, the values of its fields; it need not be there itself. */
  fieldsAt(i: number): unknown[] {
    return this.children.map((child) => child.get(this.offset + i));
  }

  /** @throws RangeError where there are more than 2^28 */
  toArray(): unknown[] {
    return listOf(this);
  }

  *[Symbol.iterator](): Generator<unknown, void> {
    for (let i = 0; i < this.length; i++) yield this.get(i);
  }

  toJSON(): unknown {
    return this.toArray();
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return new LazyList(this.length, (i) => this.get(i));
  }

  #offsetsOf(second: Uint8Array | null, third: Uint8Array | null, end: number): Int32Array | BigInt64Array | undefined {
    const { layout, parts } = this.type;
    if (layout === 'text' || layout === 'bytes') return offsetsIn(second, parts.width!, end, third?.length ?? 0);
    if (layout !== 'list' && layout !== 'map') return undefined;
    return offsetsIn(second, parts.width!, end, this.children[0]?.length ?? 0);
  }

  #checkInside(end: number): void {
    const { type, children, dictionary } = this;
    const { layout, parts, fields } = type;
    if (layout === 'other') return;
    if (
      children.length !== fields.length ||
      children.some((child, i) => String(child.type) !== String(fields[i]!.type))
    ) {
      refuse('The parts of an Arrow array are not of its type.');
    }
    const needed = layout === 'struct' ? end : layout === 'fixed_list' ? end * parts.width! : 0;
    if (children.some((child) => needed > child.length)) refuse('The parts of an Arrow array are shorter than it is.');
    if (layout !== 'dictionary') return;
    if (dictionary === null) refuse('An Arrow dictionary has no values.');
    for (let i = this.offset; i < end; i++) {
      if (this.validity !== null && !bitAt(this.validity, i)) continue;
      const index = Number(this.data[i]);
      if (!(index >= 0 && index < dictionary.length)) refuse(`The index ${index} is of no value of a dictionary.`);
    }
  }
}

const NOTHING = new Uint8Array(0);

function dataOf(
  { layout, parts }: ArrowType,
  second: Uint8Array | null,
  third: Uint8Array | null,
  end: number,
): NumberArray {
  switch (layout) {
    case 'bool':
      checkBits(second ?? NOTHING, end);
      return second ?? NOTHING;
    case 'number':
      return numbersIn(second, parts.numpy!, end);
    case 'dictionary':
      return numbersIn(second, parts.index!.parts.numpy ?? refuse('Indices of an Arrow dictionary are no ints.'), end);
    case 'view':
      return numbersIn(second, '|u1', end * VIEW_BYTES);
    case 'int128':
    case 'decimal':
    case 'fixed':
      return numbersIn(second, '|u1', end * parts.width!);
    case 'text':
    case 'bytes':
      return third ?? NOTHING;
    default:
      return NOTHING;
  }
}
