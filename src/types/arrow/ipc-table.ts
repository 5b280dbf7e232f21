/** Tables of the flatbuffers format, in which Arrow tells what its messages hold. No offset is followed unchecked. */
import { refuse } from '../../arrays/refuse.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const VTABLE_HEAD = 4;

/** One table. A field that is not there is its default. */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;
  readonly #fields: number;

  /** @throws PickleError INVALID_STATE, as all its methods do, where something would lie outside the bytes */
  constructor(view: DataView, at: number) {
    check(view, at, 4);
    const vtable = at - view.getInt32(at, true);
    check(view, vtable, VTABLE_HEAD);
    const size = view.getUint16(vtable, true);
    check(view, vtable, size);
    this.#view = view;
    this.#at = at;
    this.#vtable = vtable;
    this.#fields = Math.max(0, (size - VTABLE_HEAD) >> 1);
  }

  /** The table that bytes begin with the offset of. */
  static rootOf(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, follow(view, 0));
  }

  has(field: number): boolean {
    return this.#place(field, 1) !== undefined;
  }

  u8(field: number, otherwise = 0): number {
    const at = this.#place(field, 1);
    return at === undefined ? otherwise : this.#view.getUint8(at);
  }

  i16(field: number, otherwise = 0): number {
    const at = this.#place(field, 2);
    return at === undefined ? otherwise : this.#view.getInt16(at, true);
  }

  i32(field: number, otherwise = 0): number {
    const at = this.#place(field, 4);
    return at === undefined ? otherwise : this.#view.getInt32(at, true);
  }

  /** A count, from 0 to 2^53 - 1. */
  count(field: number): number {
    const at = this.#place(field, 8);
    return at === undefined ? 0 : countAt(this.#view, at);
  }

  /** An id: any 64 bits. */
  id(field: number): bigint {
    const at = this.#place(field, 8);
    return at === undefined ? 0n : this.#view.getBigInt64(at, true);
  }

  text(field: number): string | undefined {
    const at = this.#place(field, 4);
    if (at === undefined) return undefined;
    const [start, length] = this.#vector(at, 1);
    try {
      return decoder.decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length));
    } catch {
      return refuse('A text of an Arrow message is no UTF-8.');
    }
  }

  table(field: number): FlatTable | undefined {
    const at = this.#place(field, 4);
    return at === undefined ? undefined : new FlatTable(this.#view, follow(this.#view, at));
  }

  *tables(field: number): Generator<FlatTable, void> {
    const at = this.#place(field, 4);
    if (at === undefined) return;
    const [start, count] = this.#vector(at, 4);
    for (let i = 0; i < count; i++) yield new FlatTable(this.#view, follow(this.#view, start + 4 * i));
  }

  /** The counts in a vector of them, or of structs of nothing else. */
  counts(field: number): number[] {
    const at = this.#place(field, 4);
    if (at === undefined) return [];
    const [start, count] = this.#vector(at, 8);
    return Array.from({ length: count }, (_, i) => countAt(this.#view, start + 8 * i));
  }

  /** As `counts`, for structs of two. */
  pairs(field: number): (readonly [number, number])[] {
    const at = this.#place(field, 4);
    if (at === undefined) return [];
    const [start, count] = this.#vector(at, 16);
    return Array.from({ length: count }, (_, i) => {
      const pair = start + 16 * i;
      return [countAt(this.#view, pair), countAt(this.#view, pair + 8)] as const;
    });
  }

  /** Where a field lies; undefined where it is not there. */
  #place(field: number, size: number): number | undefined {
    if (field >= this.#fields) return undefined;
    const offset = this.#view.getUint16(this.#vtable + VTABLE_HEAD + 2 * field, true);
    if (offset === 0) return undefined;
    check(this.#view, this.#at + offset, size);
    return this.#at + offset;
  }

  /** Where the items of a vector begin, and how many they are. */
  #vector(at: number, itemSize: number): readonly [start: number, count: number] {
    const start = follow(this.#view, at);
    check(this.#view, start, 4);
    const count = this.#view.getUint32(start, true);
    check(this.#view, start + 4, count * itemSize);
    return [start + 4, count];
  }
}

function check(view: DataView, at: number, size: number): void {
  if (at < 0 || size > view.byteLength - at) refuse('A message of an Arrow stream points outside itself.');
}

function follow(view: DataView, at: number): number {
  check(view, at, 4);
  return at + view.getUint32(at, true);
}

function countAt(view: DataView, at: number): number {
  const count = Number(view.getBigInt64(at, true));
  if (!Number.isSafeInteger(count) || count < 0) refuse(`${count} is no count of an Arrow stream.`);
  return count;
}
