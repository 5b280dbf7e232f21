/** The checksums of compressed formats: CRC-32, Adler-32 of zlib, and CRC-64 of xz. All can be told piece by piece. */

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

/** So many bytes of 255 keep the sums below 2 ** 31. */
const ADLER_STEP = 3800;

/** Adler-32 as zlib has it. @param sum that of the bytes before */
export function adler32(bytes: Uint8Array, sum = 1): number {
  let a = sum & 0xffff;
  let b = sum >>> 16;
  for (let from = 0; from < bytes.length; from += ADLER_STEP) {
    const end = Math.min(bytes.length, from + ADLER_STEP);
    for (let i = from; i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return (b * 65_536 + a) >>> 0;
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
