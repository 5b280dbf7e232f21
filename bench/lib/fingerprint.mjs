// @ts-check
/** Whether values of different contestants are the same: a hash of everything in a value, in order. */
import { createHash } from 'node:crypto';

const FLUSH_AT = 1 << 16;

/**
 * @param {unknown} root
 * @param {(value: any) => unknown} [plain] what an instance of a class is in plain values
 * @returns {string}
 */
export function fingerprint(root, plain = (value) => value) {
  const hash = createHash('sha1');
  let text = '';
  /** @param {string} more */
  const add = (more) => {
    text += more;
    if (text.length > FLUSH_AT) {
      hash.update(text);
      text = '';
    }
  };
  /** @param {any} value */
  const walk = (value) => {
    if (typeof value === 'string') return add(`"${value.length}:${value}`);
    if (typeof value !== 'object' || value === null)
      return add(`${typeof value === 'bigint' ? 'number' : typeof value}:${value};`);
    if (ArrayBuffer.isView(value) && !(value instanceof Float64Array)) {
      add(`bytes ${value.byteLength}:`);
      hash.update(text);
      text = '';
      hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      return;
    }
    if (Array.isArray(value) || value instanceof Float64Array) {
      add('[');
      for (const item of value) walk(item);
      return add(']');
    }
    const inside = plain(value);
    if (inside !== value) return walk(inside);
    add('{');
    for (const [key, item] of value instanceof Map || value instanceof Set ? value.entries() : Object.entries(value)) {
      walk(key);
      walk(item);
    }
    add('}');
  };
  walk(root);
  return hash.update(text).digest('hex');
}
