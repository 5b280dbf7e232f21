/** xxHash-64 with seed 0, in halves of 32 bits. Only the low half of the result is wanted: zstd frames have no more. */

type Wide = readonly [high: number, low: number];

const P1: Wide = [0x9e3779b1, 0x85ebca87];
const P2: Wide = [0xc2b2ae3d, 0x27d4eb4f];
const P3: Wide = [0x165667b1, 0x9e3779f9];
const P4: Wide = [0x85ebca77, 0xc2b2ae63];
const P5: Wide = [0x27d4eb2f, 0x165667c5];

/** Where functions leave the high half of what they give. */
let high = 0;

/** The high 32 bits of a product of two 32-bit numbers. */
function highOfProduct(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle % 0x10000);
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) | 0;
}

function multiply(aHigh: number, aLow: number, b: Wide): number {
  high = (highOfProduct(aLow, b[1]) + Math.imul(aHigh, b[1]) + Math.imul(aLow, b[0])) | 0;
  return Math.imul(aLow, b[1]);
}

function add(aHigh: number, aLow: number, bHigh: number, bLow: number): number {
  const low = (aLow >>> 0) + (bLow >>> 0);
  high = (aHigh + bHigh + (low > 0xffffffff ? 1 : 0)) | 0;
  return low | 0;
}

/** By 1 to 31 bits. */
function rotate(aHigh: number, aLow: number, by: number): number {
  high = (aHigh << by) | (aLow >>> (32 - by));
  return (aLow << by) | (aHigh >>> (32 - by));
}

export class XxHash64 {
  /** Four lanes, high half and low half by turns. */
  readonly #lanes: Int32Array;
  readonly #rest = new Uint8Array(32);
  #restBytes = 0;
  #length = 0;

  constructor() {
    const lanes = (this.#lanes = new Int32Array(8));
    lanes[1] = add(P1[0], P1[1], P2[0], P2[1]);
    lanes[0] = high;
    lanes.set(P2, 2);
    lanes[7] = -P1[1];
    lanes[6] = ~P1[0];
  }

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(32 - this.#restBytes, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < 32) return;
      this.#stripe(this.#rest, 0);
    }
    for (; bytes.length - at >= 32; at += 32) this.#stripe(bytes, at);
    this.#rest.set(bytes.subarray(at));
    this.#restBytes = bytes.length - at;
  }

  low32(): number {
    const lanes = this.#lanes;
    let hashHigh: number = P5[0];
    let low: number = P5[1];
    if (this.#length >= 32) {
      low = rotate(lanes[0]!, lanes[1]!, 1);
      hashHigh = high;
      for (const [i, by] of [7, 12, 18].entries()) {
        const turned = rotate(lanes[2 * i + 2]!, lanes[2 * i + 3]!, by);
        low = add(hashHigh, low, high, turned);
        hashHigh = high;
      }
      for (let i = 0; i < 8; i += 2) {
        const lane = round(0, 0, lanes[i]!, lanes[i + 1]!);
        low = multiply(hashHigh ^ high, low ^ lane, P1);
        low = add(high, low, P4[0], P4[1]);
        hashHigh = high;
      }
    }
    low = add(hashHigh, low, Math.floor(this.#length / 2 ** 32), this.#length % 2 ** 32);
    hashHigh = high;
    const rest = this.#rest;
    let at = 0;
    for (; this.#restBytes - at >= 8; at += 8) {
      const lane = round(0, 0, wordAt(rest, at + 4), wordAt(rest, at));
      low = rotate(hashHigh ^ high, low ^ lane, 27);
      low = multiply(high, low, P1);
      low = add(high, low, P4[0], P4[1]);
      hashHigh = high;
    }
    if (this.#restBytes - at >= 4) {
      const word = multiply(0, wordAt(rest, at), P1);
      low = rotate(hashHigh ^ high, low ^ word, 23);
      low = multiply(high, low, P2);
      low = add(high, low, P3[0], P3[1]);
      hashHigh = high;
      at += 4;
    }
    for (; at < this.#restBytes; at++) {
      const word = multiply(0, rest[at]!, P5);
      low = rotate(hashHigh ^ high, low ^ word, 11);
      low = multiply(high, low, P1);
      hashHigh = high;
    }
    // hash ^= hash >>> 33, and so on.
    low = multiply(hashHigh, low ^ (hashHigh >>> 1), P2);
    hashHigh = high;
    low = multiply(hashHigh ^ (hashHigh >>> 29), low ^ ((hashHigh << 3) | (low >>> 29)), P3);
    return (low ^ high) >>> 0;
  }

  #stripe(bytes: Uint8Array, at: number): void {
    const lanes = this.#lanes;
    for (let i = 0; i < 8; i += 2) {
      lanes[i + 1] = round(lanes[i]!, lanes[i + 1]!, wordAt(bytes, at + 4 * i + 4), wordAt(bytes, at + 4 * i));
      lanes[i] = high;
    }
  }
}

function round(laneHigh: number, laneLow: number, wordHigh: number, wordLow: number): number {
  const word = multiply(wordHigh, wordLow, P2);
  let low = add(laneHigh, laneLow, high, word);
  low = rotate(high, low, 31);
  return multiply(high, low, P1);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}
