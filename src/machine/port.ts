/**
 * The port: what an engine is. An engine has machines; a machine runs opcodes over bytes and leaves a graph
 * (`src/graph/README.md`). It knows nothing of JavaScript values, classes or options beyond the settings here.
 */
import type { Graph } from '../graph/graph.ts';

export interface MachineSettings {
  /** `SETTING_*` bits. */
  readonly bits: number;
  /** How many out-of-band buffers the caller gave. */
  readonly bufferCount: number;
  readonly maxAllocation: number;
  readonly maxStack: number;
  readonly maxMarks: number;
  readonly maxMemoEntries: number;
  readonly maxContainerItems: number;
  readonly maxStringBytes: number;
  readonly maxIntBytes: number;
}

/**
 * A machine is used so: `begin`, then `run` until it answers STATUS_DONE or STATUS_ERROR. After STATUS_NEED_INPUT run
 * again with bytes from `position` on; after STATUS_REQUEST call `reply`, then run again from `position`.
 */
export interface Machine {
  readonly engine: 'wasm' | 'ts';

  /** Forgets everything but keys and shapes, and takes new settings. Also what leaves the machine clean after an error. */
  begin(settings: MachineSettings): void;
  /** Makes ready for the next pickle of a stream that shares one memo: the stack is emptied, memo and graph stay. */
  next(): void;

  /**
   * Runs over `bytes[start .. end)`, whose first byte lies at absolute offset `base` of the input; `end` is the end of
   * the input if `final`. The machine may keep `bytes` until `begin` or `next`: the caller must not change them.
   * Every opcode whose argument is wholly inside is carried out, or none of it.
   * @returns a STATUS_*
   */
  run(bytes: Uint8Array, start: number, end: number, base: number, final: boolean): number;

  /** Absolute offset from which to go on; after STATUS_DONE the offset behind STOP. May lie beyond `end` (a payload). */
  readonly position: number;
  /** The latest PROTO's number, 0 where there was none. */
  readonly protocol: number;
  /** Absolute offset of the opcode that an error or a request is about, and its byte. */
  readonly opcodeOffset: number;
  readonly opcode: number;
  /** After STATUS_ERROR: the number of an error code in `spec/errors.ts`. */
  readonly errorNumber: number;
  /** After an error: the limit that was passed and what was asked for, where it is one. */
  readonly errorActual: number;

  /** After STATUS_REQUEST: absolute offset of the argument; its length in bytes (0 for lines), or the extension code. */
  readonly argumentOffset: number;
  readonly argumentLength: number;
  /** After a request for STACK_GLOBAL: slot indexes of the module and the name. */
  readonly moduleSlot: number;
  readonly nameSlot: number;

  /**
   * Answers a request with a slot, `lo` and `hi`. A double that is a NaN is kept with its bits. `position` is the
   * absolute offset to go on from.
   */
  reply(lo: number, hi: number, position: number): void;

  /** Newest payload node's slot index, 0 where there is none: the head of a chain, see `src/graph/README.md`. */
  readonly lastPayload: number;
  /** Absolute end of the longest frame seen, and that frame's opcode offset: a stream must reach so far. */
  readonly frameEnd: number;
  readonly frameOffset: number;

  /** The graph so far. Its views are fresh until the next `run` or `reply`. */
  readonly graph: Graph;
}
