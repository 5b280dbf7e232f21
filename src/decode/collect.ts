/**
 * A word to V8's garbage collector before a large decode.
 *
 * V8 lets garbage pile up until a heap of its own choosing is full. Who decodes one large input after another and drops
 * each value then pays for moving the dead through the young generation and for ever fresh pages: 16 MB of pages that
 * were never touched cost up to 70 ms on a virtual machine, a collection of a heap with little in it 4 ms. An ArrayBuffer
 * counts as memory in use from the moment it is made, and costs nothing where it is not touched; so making one and
 * dropping it lets V8 begin a collection. On lists of dicts that takes a fifth off the time and a third off the peak of
 * memory, on lists of strings half of both.
 */
import { LARGE_BYTES } from '../values/shape-cache.ts';

const MIB = 2 ** 20;
/** Below this, an input makes too little garbage to care, however many there are; from LARGE_BYTES on, enough. */
const SMALL_BYTES = MIB / 4;
/** V8 begins a collection when buffers have grown by 64 MiB since the last. */
const HINT_BYTES = 96 * MIB;
/** With more in use than this, apart from what decoding may have left, a collection would cost more than it saves. */
const SMALL_HEAP_BYTES = 64 * MIB;
/** What a decode leaves on the heap is some four times its input. */
const VALUE_PER_INPUT = 4;

/**
 * glibc gives memory of blocks up to the largest it has seen freed, at most 32 MiB, back to the system no more at once,
 * and V8's long strings, of 1 MiB here, are such blocks. So the first hint is made of blocks of nearly that size.
 */
const TEACHING_BYTES = 31 * MIB;

const state = {
  /** Whether nothing was said yet. */
  isFirst: true,
  /** Bytes that were decoded since then. */
  inputBytes: 0,
};

/** Whether an input is large enough to care. Of one whose length is not known, nobody can say. */
export function isLarge(byteLength: number): boolean {
  return byteLength >= LARGE_BYTES && byteLength !== Infinity;
}

/** Counts what a decode has read: of that, not of what lies behind it in the same buffer, it has left garbage. */
export function noteDecoded(byteLength: number): void {
  if (byteLength >= SMALL_BYTES) state.inputBytes += byteLength;
}

/** Lets V8 collect what earlier decodes have left, where that pays. For the beginning of a decode. */
export function suggestCollection(): void {
  const { inputBytes } = state;
  if (inputBytes < LARGE_BYTES) return;
  state.inputBytes = 0;
  if (typeof process !== 'object' || typeof process.memoryUsage !== 'function') return;
  if (process.memoryUsage().heapUsed > SMALL_HEAP_BYTES + VALUE_PER_INPUT * inputBytes) return;
  try {
    if (state.isFirst) for (let bytes = 0; bytes < HINT_BYTES; bytes += TEACHING_BYTES) claim(TEACHING_BYTES);
    else claim(HINT_BYTES);
    state.isFirst = false;
  } catch {
    // No room for a buffer of this size: then V8 knows already.
  }
}

/** Has V8 count so many bytes as in use. */
function claim(byteLength: number): number {
  return new ArrayBuffer(byteLength).byteLength;
}
