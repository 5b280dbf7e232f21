/** The next numbers of numpy's generators, in test code of its own: only who has the whole state can tell them. */
import { NdArray, type PyBitGenerator, type PyGenerator, PyRandomState } from '../../../src/index.ts';

/** The class of a bit generator; numpy 1 pickles no more than its name. */
export function longName({ className }: PyBitGenerator): string {
  return className.includes('.') ? className : `numpy.random._${className.toLowerCase()}.${className}`;
}

type Dict = ReadonlyMap<string, unknown>;

/** `integers(0, 2**32, count)` of a Generator, `randint(0, 2**31 - 1, count)` of a RandomState. */
export function firstOf(source: PyGenerator | PyRandomState, count: number): number[] {
  const isOld = source instanceof PyRandomState;
  const state = isOld ? source.state : source.bitGenerator.state;
  const next = wordsOf(state);
  const numbers: number[] = [];
  while (numbers.length < count) {
    const word = next();
    if (!isOld) numbers.push(word);
    else if ((word & 0x7fffffff) <= 2 ** 31 - 2) numbers.push(word & 0x7fffffff);
  }
  return numbers;
}

function wordsOf(state: unknown): () => number {
  if (Array.isArray(state)) return mersenne(state[1], Number(state[2]));
  const dict = state as Dict;
  const inner = dict.get('state') as Dict;
  const name = dict.get('bit_generator');
  if (name === 'MT19937') return mersenne(inner.get('key'), Number(inner.get('pos')));
  if (name === 'PCG64') return permuted(inner, dict);
  throw new Error(`no numbers of ${String(name)}`);
}

const MASK = 2n ** 128n - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

function permuted(inner: Dict, dict: Dict): () => number {
  let state = inner.get('state') as bigint;
  const increment = inner.get('inc') as bigint;
  let kept = Number(dict.get('has_uint32')) === 1 ? Number(dict.get('uinteger')) : null;
  return () => {
    if (kept !== null) {
      const word = kept;
      kept = null;
      return word;
    }
    state = (state * MULTIPLIER + increment) & MASK;
    const mixed = BigInt.asUintN(64, (state >> 64n) ^ state);
    const turn = state >> 122n;
    const word = BigInt.asUintN(64, (mixed >> turn) | (mixed << ((64n - turn) & 63n)));
    kept = Number(word >> 32n);
    return Number(BigInt.asUintN(32, word));
  };
}

function mersenne(key: unknown, position: number): () => number {
  if (!(key instanceof NdArray)) throw new Error('a key that is no array');
  const words = Uint32Array.from(key.toTyped() as Uint32Array);
  let at = position;
  return () => {
    if (at >= 624) {
      for (let i = 0; i < 624; i++) {
        const mixed = (words[i]! & 0x80000000) | (words[(i + 1) % 624]! & 0x7fffffff);
        words[i] = words[(i + 397) % 624]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let word = words[at++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
}
