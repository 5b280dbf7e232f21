/** Rows of diskcache's table `Cache`: the column `mode` says what a value is. */
import { asBytes, isBytes, type BytesLike } from '../decode/input.ts';
import { loads } from '../decode/loads.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { unsupported } from './refuse.ts';
import { textOf } from './unwrap.ts';

const RAW = 1;
const BINARY = 2;
const TEXT = 3;
const PICKLE = 4;

/** What SQLite gives for a column. */
export type Column = BytesLike | string | number | bigint | null;

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
} as const;
