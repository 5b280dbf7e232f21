/** Random damage to pickles. */
import { OPCODES } from '../../src/spec/opcodes.ts';
import type { Random } from '../support/random.ts';

const codes = OPCODES.map((opcode) => opcode.code);
const edges = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff];
const MAX_BYTES = 8192;

type Mutation = (bytes: Uint8Array, random: Random, corpus: readonly Uint8Array[]) => Uint8Array;

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A range of the bytes: where it begins and ends. */
function range(bytes: Uint8Array, random: Random): [number, number] {
  const begin = random.below(bytes.length + 1);
  return [begin, Math.min(bytes.length, begin + 1 + random.below(8))];
}

const setByte = (bytes: Uint8Array, at: number, byte: number): Uint8Array => {
  const copy = bytes.slice();
  if (copy.length > 0) copy[at % copy.length] = byte;
  return copy;
};

const MUTATIONS: readonly Mutation[] = [
  // One bit, one byte, one opcode, one edge of the number line.
  (bytes, random) => {
    const at = random.below(bytes.length || 1);
    return setByte(bytes, at, (bytes[at] ?? 0) ^ (1 << random.below(8)));
  },
  (bytes, random) => setByte(bytes, random.bits(), random.below(256)),
  (bytes, random) => setByte(bytes, random.bits(), random.of(codes)),
  (bytes, random) => setByte(bytes, random.bits(), random.of(edges)),
  // Four or eight bytes of a length.
  (bytes, random) => {
    const copy = bytes.slice();
    const at = random.below(bytes.length + 1);
    copy.fill(random.of(edges), at, at + random.of([2, 4, 8]));
    return copy;
  },
  // Inserts: opcodes, bytes, a piece of another pickle.
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    const more = Uint8Array.from({ length: 1 + random.below(4) }, () => random.of(codes));
    return join(bytes.subarray(0, at), more, bytes.subarray(at));
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return join(bytes.subarray(0, at), Uint8Array.of(random.below(256)), bytes.subarray(at));
  },
  (bytes, random, corpus) => {
    const other = random.of(corpus);
    const [begin, end] = range(other, random);
    const at = random.below(bytes.length + 1);
    return join(bytes.subarray(0, at), other.subarray(begin, end), bytes.subarray(at));
  },
  // Deletes, doubles, swaps, cuts, splices.
  (bytes, random) => {
    const [begin, end] = range(bytes, random);
    return join(bytes.subarray(0, begin), bytes.subarray(end));
  },
  (bytes, random) => {
    const [begin, end] = range(bytes, random);
    return join(bytes.subarray(0, end), bytes.subarray(begin));
  },
  (bytes, random) => {
    const [begin, end] = range(bytes, random);
    const middle = (begin + end) >>> 1;
    return join(
      bytes.subarray(0, begin),
      bytes.subarray(middle, end),
      bytes.subarray(begin, middle),
      bytes.subarray(end),
    );
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random, corpus) => {
    const other = random.of(corpus);
    return join(bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1)));
  },
];

/** The same pickle without its frame, if it begins with one: lengths that no longer fit would be all that is tested. */
function unframed(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0x80 && bytes[2] === 0x95 ? join(bytes.subarray(0, 2), bytes.subarray(11)) : bytes;
}

/** One to four random mutations, most often one, of a random pickle of the corpus. */
export function mutate(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  let bytes = random.of(corpus);
  if (random.below(4) > 0) bytes = unframed(bytes);
  for (let times = random.of([1, 1, 1, 1, 2, 2, 3, 4]); times > 0; times--)
    bytes = random.of(MUTATIONS)(bytes, random, corpus);
  return bytes.slice(0, MAX_BYTES);
}

/** The shortest input that still fails, found by leaving out ranges, then by making bytes plain. */
export function shrink(bytes: Uint8Array, fails: (candidate: Uint8Array) => boolean): Uint8Array {
  let best = bytes;
  for (let size = best.length >>> 1; size >= 1; size >>>= 1) {
    for (let at = 0; at + size <= best.length;) {
      const candidate = join(best.subarray(0, at), best.subarray(at + size));
      if (fails(candidate)) best = candidate;
      else at += size;
    }
  }
  for (let at = 0; at < best.length; at++) {
    for (const plain of [0x4e, 0x30]) {
      const candidate = setByte(best, at, plain);
      if (best[at] !== plain && fails(candidate)) {
        best = candidate;
        break;
      }
    }
  }
  return best;
}
