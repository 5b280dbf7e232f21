/** Trees of plain JSON that keep what JSON.parse throws away: the order of keys, and which numbers are ints. */
import { DEFAULT_LIMITS } from '../spec/limits.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { exactFloat } from '../values/py-data.ts';
import type { JsonMaker } from './json-parser.ts';

export class JsonObject {
  readonly keys: readonly string[];
  readonly values: readonly unknown[];

  constructor(keys: readonly string[], values: readonly unknown[]) {
    this.keys = keys;
    this.values = values;
  }
}

const INT = /^-?\d+$/;

/** Ints as numbers or bigints; floats as an exact decode gives them, so that 1.0 does not become 1. */
export class PlainMaker implements JsonMaker {
  readonly #maxIntDigits: number;
  /** Whether an object was made whose one key is `$ref`. */
  hasReferences = false;

  constructor(maxIntDigits: number = DEFAULT_LIMITS.maxIntDigits) {
    this.#maxIntDigits = maxIntDigits;
  }

  number(text: string, offset: number): unknown {
    if (!INT.test(text)) return exactFloat(Number(text));
    const limit = this.#maxIntDigits;
    const digits = text.startsWith('-') ? text.length - 1 : text.length;
    if (digits > limit) throw pickleError('LIMIT_INT_DIGITS', { offset, limit, actual: digits });
    const value = Number(text);
    if (Number.isSafeInteger(value)) return value + 0;
    return BigInt(text);
  }

  object(keys: readonly string[], values: readonly unknown[]): JsonObject {
    if (keys.length === 1 && keys[0] === '$ref') this.hasReferences = true;
    return new JsonObject(keys, values);
  }
}
