/**
 * Were numbers chosen to collide in V8's hash tables?
 *
 * V8 hashes strings with a seed, but a number in a Map by its value alone, so whoever writes a pickle can choose
 * thousands that fall into one bucket: 16,000 ints take 300 ms instead of 7, and time grows with the square. Other
 * engines have other hashes; there the answer is only a guess, and the text keys that follow from it do no harm.
 */

/** Below this many numbers the worst case is a millisecond. */
const MIN_KEYS = 1024;
/** V8's tables have at least one bucket for two entries. */
const ENTRIES_PER_BUCKET = 2;
/**
 * Probes for each key, on the average, that are still no attack. Random keys take 1 to 2; keys that are regular in some
 * way, as multiples of 2^16 or dates in milliseconds, stay below 10.
 */
const MAX_MEAN_PROBES = 32;

/** Whether a Map of these keys would be pathologically slow in V8. Keys that are not numbers don't count. Linear. */
export function isHashFlood(keys: ArrayLike<unknown>): boolean {
  if (keys.length < MIN_KEYS) return false;
  let buckets = 2;
  while (buckets * ENTRIES_PER_BUCKET < keys.length) buckets *= 2;
  const filled = new Uint32Array(buckets);
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  let probes = 0;
  let numbers = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key !== 'number' && typeof key !== 'bigint') continue;
    // Each key is compared with those that are in its bucket already.
    probes += filled[hashOf(key, bits, words) & (buckets - 1)]!++;
    numbers++;
  }
  return numbers >= MIN_KEYS && probes > numbers * MAX_MEAN_PROBES;
}

/** `bits` is a double and `words` the same 8 bytes: a place to take numbers apart. */
function hashOf(key: number | bigint, bits: Float64Array, words: Uint32Array): number {
  if (typeof key === 'bigint') {
    const digit = BigInt.asUintN(64, key < 0n ? -key : key);
    return hashOf64(Number(digit & 0xffffffffn), Number(digit >> 32n));
  }
  if ((key | 0) === key) return hashOf32(key);
  bits[0] = key;
  return hashOf64(words[0]!, words[1]!);
}

/** V8's ComputeUnseededHash. */
function hashOf32(key: number): number {
  let hash = (~key + (key << 15)) | 0;
  hash ^= hash >>> 12;
  hash = (hash + (hash << 2)) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  hash ^= hash >>> 16;
  return hash & 0x3fffffff;
}

/** V8's ComputeLongHash of 64 bits in two words: of doubles that are no int32, and of a bigint's lowest digit. */
function hashOf64(low: number, high: number): number {
  // hash = ~hash + (hash << 18)
  let lo = (~low + (low << 18)) | 0;
  let hi = (~high + ((high << 18) | (low >>> 14)) + carry(~low, low << 18)) | 0;
  // hash ^= hash >>> 31
  lo ^= (lo >>> 31) | (hi << 1);
  hi ^= hi >>> 31;
  // hash *= 21, which is 5 + 16: first hash + (hash << 2), then the hash of before << 4
  const lo16 = lo << 4;
  const hi16 = (hi << 4) | (lo >>> 28);
  hi = (hi + ((hi << 2) | (lo >>> 30)) + carry(lo, lo << 2)) | 0;
  lo = (lo + (lo << 2)) | 0;
  hi = (hi + hi16 + carry(lo, lo16)) | 0;
  lo = (lo + lo16) | 0;
  // hash ^= hash >>> 11
  lo ^= (lo >>> 11) | (hi << 21);
  hi ^= hi >>> 11;
  // hash += hash << 6
  hi = (hi + ((hi << 6) | (lo >>> 26)) + carry(lo, lo << 6)) | 0;
  lo = (lo + (lo << 6)) | 0;
  // hash ^= hash >>> 22
  lo ^= (lo >>> 22) | (hi << 10);
  return lo & 0x3fffffff;
}

/** What adding two words carries over. */
function carry(a: number, b: number): number {
  return (a >>> 0) + (b >>> 0) > 0xffffffff ? 1 : 0;
}
