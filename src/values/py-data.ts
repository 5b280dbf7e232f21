/** Python's plain data that JavaScript has no type for: tuples, bytearrays, NaNs with a payload, out-of-band buffers. */
import { keyKind, type KeyKind } from './keys.ts';
import { toBase64 } from './py-base64.ts';
import { customInspect } from './py-print.ts';

/** A tuple, where it has to tell itself from a list. What is made of it (slice, map ...) is a plain Array. */
export class PyTuple<T = unknown> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** A tuple of the items. `new PyTuple(n)` gives n holes, as `new Array(n)` does: that is for filling by index. */
  static override from<T>(items: Iterable<T> | ArrayLike<T>): PyTuple<T>;
  static override from<T, U>(items: Iterable<T> | ArrayLike<T>, map: (item: T, index: number) => U): PyTuple<U>;
  static override from<T, U>(
    items: Iterable<T> | ArrayLike<T>,
    map?: (item: T, index: number) => U,
  ): PyTuple<T> | PyTuple<U> {
    const list = Array.isArray(items) ? (items as readonly T[]) : Array.from(items);
    const tuple = new PyTuple<unknown>(list.length);
    for (let i = 0; i < list.length; i++) tuple[i] = map === undefined ? list[i]! : map(list[i]!, i);
    return tuple as PyTuple<T> | PyTuple<U>;
  }

  get [keyKind](): KeyKind {
    return 'tuple';
  }
}

/** A bytearray, where it has to tell itself from bytes, which are Uint8Arrays. */
export class PyByteArray extends Uint8Array {
  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }

  get [keyKind](): KeyKind {
    return 'unhashable';
  }

  toJSON(): unknown {
    return { $bytearray: toBase64(this) };
  }
}

/** The bits of the NaN that JavaScript's own stands for. */
export const QUIET_NAN = 0x7ff8000000000000n;

/** A NaN whose 64 bits are not those of JavaScript's: an engine may lose them in a number. */
export class PyFloat {
  readonly bits: bigint;

  constructor(bits: bigint) {
    this.bits = bits;
  }

  valueOf(): number {
    return NaN;
  }

  toString(): string {
    return 'NaN';
  }

  toJSON(): unknown {
    return { $float: this.bits.toString(16).padStart(16, '0') };
  }

  [customInspect](): string {
    return `NaN(0x${this.bits.toString(16).padStart(16, '0')})`;
  }
}

/** An out-of-band buffer. */
export class PyBuffer {
  /** Its place in the buffers that were given. */
  readonly index: number;
  readonly readonly: boolean;
  /** A view of the buffer that was given. */
  readonly data: Uint8Array;

  constructor(index: number, readonly: boolean, data: Uint8Array) {
    this.index = index;
    this.readonly = readonly;
    this.data = data;
  }

  toJSON(): unknown {
    return { $buffer: this.index, readonly: this.readonly };
  }

  [customInspect](): string {
    return `PyBuffer(${this.index}${this.readonly ? ', readonly' : ''}) [${this.data.length} bytes]`;
  }
}
