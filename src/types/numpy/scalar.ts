/** numpy's scalars. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import type { TypeContext } from '../../spec/options.ts';
import { Datetime64, Timedelta64 } from '../../arrays/datetime64.ts';
import { Dtype } from '../../arrays/dtype.ts';
import { readRaw } from '../../arrays/elements.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../values/py-print.ts';
import { asInt, octetsOf } from '../stdlib/arguments.ts';
import { PyComplex } from '../stdlib/numbers.ts';

/** A scalar that tells its dtype, as an exact decode gives it. */
export class NpScalar {
  readonly dtype: Dtype;
  /** What an ordinary decode gives; 64-bit ints as bigints. */
  readonly value: unknown;
  /** As the pickle has them, in the dtype's byte order; undefined for objects. */
  readonly bytes: Uint8Array | undefined;

  constructor(dtype: Dtype, value: unknown, bytes: Uint8Array | undefined) {
    this.dtype = dtype;
    this.value = value;
    this.bytes = bytes;
  }

  valueOf(): unknown {
    return this.value;
  }

  toString(): string {
    return String(this.value);
  }

  [customInspect](_depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return `NpScalar ${this.dtype.name} ${inspect(this.value, options)}`;
  }

  [keyValue](): KeyValue {
    return scalarKey(this);
  }

  toJSON(): unknown {
    return { dtype: this.dtype.toJSON(), value: typeof this.value === 'bigint' ? String(this.value) : this.value };
  }
}

/** Numbers, text, bytes and times are equal to Python's own. A longdouble has more digits than a number tells. */
function scalarKey({ dtype, value, bytes }: NpScalar): KeyValue {
  const { kind, itemsize } = dtype;
  if (kind === 'V' || kind === 'O' || value === null) return undefined;
  if ((kind === 'f' && itemsize > 8) || (kind === 'c' && itemsize > 16)) return ['longdouble', bytes];
  switch (typeof value) {
    case 'number':
      return Number.isNaN(value) ? undefined : value;
    case 'boolean':
      return value ? 1 : 0;
    case 'bigint':
    case 'string':
      return value;
    default:
  }
  if (value instanceof Uint8Array) return value;
  return value instanceof PyComplex || value instanceof Datetime64 || value instanceof Timedelta64
    ? value[keyValue]()
    : undefined;
}

/**
 * `scalar(dtype, bytes)`, or of dtypes with objects `scalar(dtype, object)`; undefined for other arguments.
 * @throws PickleError INVALID_STATE where there are too few bytes
 */
export function scalarOf(args: readonly unknown[], context: TypeContext): unknown {
  const [dtype, content] = args;
  if (args.length < 1 || args.length > 2 || !(dtype instanceof Dtype)) return undefined;
  dtype.seal();
  const { exact } = context.options;
  if (dtype.hasObjects) {
    // A record comes in an array of no dimensions.
    const object = content instanceof NdArray && content.ndim === 0 && dtype.fields ? content.get() : content;
    return exact ? new NpScalar(dtype, object, undefined) : object;
  }
  const bytes = content === undefined ? new Uint8Array(dtype.itemsize) : octetsOf(content);
  if (bytes === undefined || dtype.itemsize > bytes.length) refuse('A scalar has fewer bytes than its dtype.');
  const value = valueOf(dtype, bytes.subarray(0, dtype.itemsize));
  if (exact) return new NpScalar(dtype, value, bytes);
  return typeof value === 'bigint' ? asInt(value, context) : value;
}

function valueOf(dtype: Dtype, bytes: Uint8Array): unknown {
  // A bytes_ keeps the zeros at its end.
  if (dtype.kind === 'S') return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const value = readRaw(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, dtype);
  return dtype.kind === 'c' ? new PyComplex(...(value as [number, number])) : value;
}
