/**
 * Python's plain data that JavaScript has no type for: tuples, bytearrays, floats that a number cannot tell, out-of-band
 * buffers.
 */
import { keyKind, type KeyKind } from './keys.ts';
import { toBase64 } from './py-base64.ts';
import { customInspect, type PrintOptions } from './py-print.ts';

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

/**
 * A float that a number cannot tell: a whole one, which tells itself from an int, or a NaN whose 64 bits are not those of
 * JavaScript's, for an engine may lose them in a number. An exact decode gives it for those, and numbers for other floats.
 */
export class PyFloat {
  readonly value: number;
  /** The bits of a NaN that `fromBits` made; undefined for all else. */
  readonly nanBits: bigint | undefined;

  constructor(value: number, nanBits?: bigint) {
    this.value = value;
    this.nanBits = nanBits;
  }

  /** The float of 64 bits, as an unsigned integer. */
  static fromBits(bits: bigint): PyFloat {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, bits);
    const value = view.getFloat64(0);
    return Number.isNaN(value) && bits !== QUIET_NAN ? new PyFloat(value, bits) : new PyFloat(value);
  }

  /** The 64 bits, as an unsigned integer. */
  get bits(): bigint {
    if (Number.isNaN(this.value)) return this.nanBits ?? QUIET_NAN;
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, this.value);
    return view.getBigUint64(0);
  }

  get [keyKind](): KeyKind {
    return 'float';
  }

  valueOf(): number {
    return this.value;
  }

  /** As Python's repr for whole floats of up to 16 digits: `1.0`. */
  toString(): string {
    if (!Number.isSafeInteger(this.value)) return String(this.value);
    return `${Object.is(this.value, -0) ? '-' : ''}${this.value}.0`;
  }

  toJSON(): unknown {
    return this.nanBits === undefined ? this.value : { $float: hexOf(this.nanBits) };
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    const text = this.nanBits === undefined ? this.toString() : `NaN(0x${hexOf(this.nanBits)})`;
    return options.stylize?.(text, 'number') ?? text;
  }
}

const hexOf = (bits: bigint): string => bits.toString(16).padStart(16, '0');

/** A float as an exact decode gives it: a PyFloat where a number would read as an int. */
export function exactFloat(value: number): number | PyFloat {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? new PyFloat(value) : value;
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
