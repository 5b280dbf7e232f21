/** Rows of diskcache's table `Cache`: the column `mode` says what a value is. */
import { asBytes, isBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { loads } from '../decode/loads.ts';
import { dumps } from '../encode/dumps.ts';
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { PyByteArray, PyFloat } from '../values/py.ts';
import { unsupported } from './refuse.ts';
import { textOf } from './unwrap.ts';
import { isInt } from './wrap.ts';

const RAW = 1;
const BINARY = 2;
const TEXT = 3;
const PICKLE = 4;

/** What SQLite gives for a column. */
export type Column = BytesLike | string | number | bigint | null;

/** The columns of a row that tell a value or a key. SQLite's clients take bigints for ints of 64 bits. */
export interface DiskcacheValue {
  readonly mode: number;
  readonly value: Column;
}

export interface DiskcacheKey {
  readonly key: Column;
  /** 1 where the key is no pickle. */
  readonly raw: 0 | 1;
}

export const diskcache = {
  /**
   * The value of a row.
   * @param mode the column `mode`: 1 as it is, 2 bytes, 3 text, 4 a pickle
   * @param data the column `value`, or the contents of the file that the column `filename` names
   * @throws PickleError; UNSUPPORTED_CONTAINER where mode and data do not fit
   */
  decode(mode: number, data: Column, options?: DecodeOptions): unknown {
    if (mode === RAW) return isBytes(data) ? asBytes(data) : data;
    if (!isBytes(data)) {
      throw unsupported('The value of this mode is bytes: give the column value, or the contents of the file.');
    }
    if (mode === BINARY) return asBytes(data);
    if (mode === TEXT) return textOf(data);
    if (mode === PICKLE) return loads(data, options);
    throw unsupported(`There is no mode ${String(mode)}.`);
  },

  /**
   * The key of a row.
   * @param raw the column `raw`: 0 where the key is a pickle
   */
  decodeKey(key: Column, raw: number | bigint | boolean, options?: DecodeOptions): unknown {
    if (Number(raw) !== 0) return isBytes(key) ? asBytes(key) : key;
    if (!isBytes(key)) throw unsupported('A key that is not raw is bytes.');
    return loads(key, options);
  },

  /**
   * The columns `mode` and `value` for a value that is kept in the row, as diskcache keeps those below `disk_min_file_size`:
   * text, bytes, floats and ints of 64 bits as they are, all else as a pickle.
   * @throws PicklingError
   */
  encode(value: unknown, options?: EncodeOptions): DiskcacheValue {
    const column = columnOf(value);
    if (column !== undefined) return { mode: RAW, value: column };
    return { mode: PICKLE, value: dumps(value, { protocol: 5, ...options }) };
  },

  /**
   * The columns `key` and `raw` for a key. SQLite finds keys by their bytes: a pickle is made as diskcache makes it, of
   * protocol 5 and without what `pickletools.optimize` takes out.
   * @throws PicklingError
   */
  encodeKey(key: unknown): DiskcacheKey {
    const column = columnOf(key);
    return column === undefined ? { key: dumps(key, { protocol: 5, refs: false }), raw: 0 } : { key: column, raw: 1 };
  },
} as const;

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;

/** What SQLite keeps by itself; undefined for all else. */
function columnOf(value: unknown): Column | undefined {
  if (typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value))) return value;
  if (value instanceof PyFloat && !Number.isNaN(value.value)) return value.value;
  if (isInt(value)) return value >= MIN_INT && value <= MAX_INT ? value : undefined;
  return value instanceof Uint8Array && !(value instanceof PyByteArray) ? value : undefined;
}
