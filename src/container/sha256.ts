/** SHA-256, piece by piece: one of the checksums of xz. */

/** The first 32 bits of the fractions of roots of the first primes, as FIPS 180-4 defines the constants. */
function fractions(count: number, root: (prime: number) => number): Uint32Array {
  const found = new Uint32Array(count);
  let prime = 2;
  for (let i = 0; i < count; prime++) {
    let isPrime = true;
    for (let by = 2; by * by <= prime && isPrime; by++) isPrime = prime % by !== 0;
    if (!isPrime) continue;
    const value = root(prime);
    found[i++] = Math.floor((value - Math.floor(value)) * 2 ** 32);
  }
  return found;
}

const CONSTANTS = fractions(64, Math.cbrt);
const START = fractions(8, Math.sqrt);

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

export class Sha256 {
  readonly #state = Int32Array.from(START);
  readonly #words = new Int32Array(64);
  readonly #rest = new Uint8Array(64);
  #restBytes = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(64 - this.#restBytes, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < 64) return;
      this.#block(this.#rest, 0);
    }
    for (; bytes.length - at >= 64; at += 64) this.#block(bytes, at);
    this.#rest.set(bytes.subarray(at));
    this.#restBytes = bytes.length - at;
  }

  /** 32 bytes. Nothing may be added then. */
  digest(): Uint8Array {
    const bits = 8 * this.#length;
    const padding = new Uint8Array(((119 - (this.#length % 64)) % 64) + 9);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer, padding.length - 8);
    view.setUint32(0, Math.floor(bits / 2 ** 32));
    view.setUint32(4, bits % 2 ** 32);
    this.update(padding);
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, i) => digest.setInt32(4 * i, word));
    return new Uint8Array(digest.buffer);
  }

  #block(bytes: Uint8Array, at: number): void {
    const words = this.#words;
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        const k = at + 4 * i;
        words[i] = (bytes[k]! << 24) | (bytes[k + 1]! << 16) | (bytes[k + 2]! << 8) | bytes[k + 3]!;
        continue;
      }
      const old = words[i - 15]!;
      const late = words[i - 2]!;
      const first = rotate(old, 7) ^ rotate(old, 18) ^ (old >>> 3);
      const second = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
      words[i] = words[i - 16]! + first + words[i - 7]! + second;
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as [
      ...[number, number, number, number],
      ...[number, number, number, number],
    ];
    for (let i = 0; i < 64; i++) {
      const mixed = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const one = (h + mixed + ((e & f) ^ (~e & g)) + CONSTANTS[i]! + words[i]!) | 0;
      const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (this.#state[i]! += word));
  }
}
