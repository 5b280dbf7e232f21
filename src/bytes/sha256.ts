/** SHA-256, as FIPS 180-4 has it: for places without a hash of their own that could be called without waiting. */

const BLOCK = 64;

/** What every block is mixed with: made at the first call. */
let constants: Int32Array | undefined;
/** A block, spread out. */
const spread = /* @__PURE__ */ new Int32Array(BLOCK);

/** The SHA-256 of bytes, as 64 hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  const state = begin();
  const at = compressBlocks(state, bytes, 0);
  finish(state, bytes.subarray(at), bytes.length);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The SHA-256 of bytes that come piece by piece. */
export class Sha256 {
  readonly #state = begin();
  /** What is left of the pieces, less than a block. */
  readonly #rest = new Uint8Array(BLOCK);
  #length = 0;

  update(bytes: Uint8Array): void {
    const begun = this.#length % BLOCK;
    this.#length += bytes.length;
    let at = 0;
    if (begun > 0) {
      at = Math.min(BLOCK - begun, bytes.length);
      this.#rest.set(bytes.subarray(0, at), begun);
      if (begun + at < BLOCK) return;
      compressBlocks(this.#state, this.#rest, 0);
    }
    this.#rest.set(bytes.subarray(compressBlocks(this.#state, bytes, at)));
  }

  /** 32 bytes. Nothing may be added then. */
  digest(): Uint8Array {
    finish(this.#state, this.#rest.subarray(0, this.#length % BLOCK), this.#length);
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, i) => digest.setInt32(4 * i, word));
    return new Uint8Array(digest.buffer);
  }
}

function begin(): Int32Array {
  return Int32Array.from(firstPrimes(8), (prime) => fractionOf(Math.sqrt(prime)));
}

/** The last bytes, less than a block, a one bit, zeros, and the length in bits in eight bytes. */
function finish(state: Int32Array, rest: Uint8Array, length: number): void {
  const tail = new Uint8Array(rest.length < BLOCK - 8 ? BLOCK : 2 * BLOCK);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(tail.length - 4, length << 3);
  compressBlocks(state, tail, 0);
}

/** @returns where what is no whole block begins */
function compressBlocks(state: Int32Array, bytes: Uint8Array, from: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = from;
  for (; bytes.length - at >= BLOCK; at += BLOCK) compress(state, view, at);
  return at;
}

function compress(state: Int32Array, view: DataView, at: number): void {
  const words = (constants ??= Int32Array.from(firstPrimes(BLOCK), (prime) => fractionOf(Math.cbrt(prime))));
  for (let i = 0; i < 16; i++) spread[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < BLOCK; i++) {
    const x = spread[i - 15]!;
    const y = spread[i - 2]!;
    const small0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
    const small1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
    spread[i] = spread[i - 16]! + small0 + spread[i - 7]! + small1;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < BLOCK; i++) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + words[i]! + spread[i]!) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** The word, rotated to the right. */
function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The first 32 bits behind the point: none of the roots is within 2^-8 of the next one's, so rounding does
 * not matter. */
function fractionOf(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
