/** The checksums of compressed formats: CRC-32, CRC-64 of xz, xxHash-32. All can be told piece by piece. */

const TABLES: Uint32Array[] = [];

/** Tables for four bytes at a time, of the reflected polynomial 0xEDB88320. */
function tables(): Uint32Array[] {
  if (TABLES.length === 0) {
    const first = new Uint32Array(256);
    for (let i = 0; i < 256; i++) {
      let value = i;
      for (let k = 0; k < 8; k++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
      first[i] = value;
    }
    TABLES.push(first);
    for (let t = 1; t < 4; t++) TABLES.push(TABLES[t - 1]!.map((value) => (value >>> 8) ^ first[value & 0xff]!));
  }
  return TABLES;
}

/** CRC-32 as zip, gzip and xz have it. @param crc that of the bytes before */
export function crc32(bytes: Uint8Array, crc = 0): number {
  const [a, b, c, d] = tables() as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const whole = bytes.length & ~3;
  let value = ~crc;
  let i = 0;
  for (; i < whole; i += 4) {
    value ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    value = d[value & 0xff]! ^ c[(value >>> 8) & 0xff]! ^ b[(value >>> 16) & 0xff]! ^ a[value >>> 24]!;
  }
  for (; i < bytes.length; i++) value = (value >>> 8) ^ a[(value ^ bytes[i]!) & 0xff]!;
  return ~value >>> 0;
}

const CRC64_LOW = new Uint32Array(256);
const CRC64_HIGH = new Uint32Array(256);

/** CRC-64 of xz, in halves: JavaScript's bit operations have 32 bits. */
export class Crc64 {
  low = 0xffffffff;
  high = 0xffffffff;

  update(bytes: Uint8Array): void {
    if (CRC64_LOW[1] === 0) fillCrc64();
    let { low, high } = this;
    for (let i = 0; i < bytes.length; i++) {
      const k = (low ^ bytes[i]!) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ CRC64_LOW[k]!;
      high = (high >>> 8) ^ CRC64_HIGH[k]!;
    }
    this.low = low;
    this.high = high;
  }

  /** Eight bytes, little-endian. */
  digest(): Uint8Array {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, ~this.low >>> 0, true);
    view.setUint32(4, ~this.high >>> 0, true);
    return new Uint8Array(view.buffer);
  }
}

function fillCrc64(): void {
  for (let i = 0; i < 256; i++) {
    let low = i;
    let high = 0;
    for (let k = 0; k < 8; k++) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd === 1) {
        low ^= 0xd7870f42;
        high ^= 0xc96c5795;
      }
    }
    CRC64_LOW[i] = low;
    CRC64_HIGH[i] = high;
  }
}

const P1 = 0x9e3779b1;
const P2 = 0x85ebca77;
const P3 = 0xc2b2ae3d;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
const round = (lane: number, word: number): number => Math.imul(rotate((lane + Math.imul(word, P2)) | 0, 13), P1);

/** xxHash-32 with seed 0, as lz4 frames have it. */
export class XxHash32 {
  readonly #lanes = new Int32Array([P1 + P2, P2, 0, -P1]);
  readonly #rest = new Uint8Array(16);
  #restBytes = 0;
  #length = 0;

  update(bytes: Uint8Array): this {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(16 - this.#restBytes, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < 16) return this;
      this.#stripe(this.#rest, 0);
    }
    for (; bytes.length - at >= 16; at += 16) this.#stripe(bytes, at);
    this.#rest.set(bytes.subarray(at));
    this.#restBytes = bytes.length - at;
    return this;
  }

  digest(): number {
    const [a, b, c, d] = this.#lanes as unknown as [number, number, number, number];
    const few = this.#length < 16;
    let hash = few ? P5 : rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
    hash = (hash + this.#length) | 0;
    let at = 0;
    for (; this.#restBytes - at >= 4; at += 4) {
      hash = Math.imul(rotate((hash + Math.imul(wordAt(this.#rest, at), P3)) | 0, 17), P4);
    }
    for (; at < this.#restBytes; at++) hash = Math.imul(rotate((hash + Math.imul(this.#rest[at]!, P5)) | 0, 11), P1);
    hash = Math.imul(hash ^ (hash >>> 15), P2);
    hash = Math.imul(hash ^ (hash >>> 13), P3);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  #stripe(bytes: Uint8Array, at: number): void {
    const lanes = this.#lanes;
    for (let i = 0; i < 4; i++) lanes[i] = round(lanes[i]!, wordAt(bytes, at + 4 * i));
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}
