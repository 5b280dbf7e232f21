/** Sets and dicts made of values that are there already: what registered types take as arguments. */
import { canonicalKey, isHashFlood, KeyMemo, nanKey } from './keys.ts';
import { PyDict, PyFrozenSet, PySet } from './py.ts';

/**
 * A set or frozenset of values: a native Set where that tells them apart as Python does.
 * @throws UnhashableKey
 */
export function setOfValues(items: readonly unknown[], exact: boolean, isFrozen: boolean): Set<unknown> {
  if (!exact && isNative(items)) return new Set(items);
  const set = isFrozen ? new PyFrozenSet() : new PySet();
  set.fill(canonicalKeys(items), items);
  return set;
}

/**
 * A Map of keys and values, native or a PyDict.
 * @throws UnhashableKey
 */
export function mapOfValues(
  keys: readonly unknown[],
  values: readonly unknown[],
  exact: boolean,
): Map<unknown, unknown> {
  if (!exact && isNative(keys)) return new Map(keys.map((key, i) => [key, values[i]]));
  const dict = new PyDict();
  dict.fill(canonicalKeys(keys), keys, values);
  return dict;
}

function canonicalKeys(keys: readonly unknown[]): unknown[] {
  const rules = { exact: false, memo: new KeyMemo() };
  return keys.map((key, i) => (Number.isNaN(key) ? nanKey(i) : canonicalKey(key, rules)));
}

/** Whether a native Set or Map tells all keys apart as Python does, and in linear time. */
function isNative(keys: readonly unknown[]): boolean {
  let hasBooleans = false;
  let hasNumbers = false;
  for (const key of keys) {
    if (typeof key === 'boolean') hasBooleans = true;
    else if (typeof key === 'number') {
      const isExact = Number.isSafeInteger(key) ? !Object.is(key, -0) : Number.isFinite(key) && !Number.isInteger(key);
      if (!isExact) return false;
      hasNumbers = true;
    } else if (typeof key !== 'string' && key !== null) return false;
  }
  return !(hasBooleans && hasNumbers) && !(hasNumbers && isHashFlood(keys));
}
