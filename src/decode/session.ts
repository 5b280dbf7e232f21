/** A machine at work: it, its host and its materialiser, for one pickle or for several of one input. */
import { chooseEngine } from '../machine/auto.ts';
import { Host } from '../machine/host.ts';
import { MAX_HELD_INPUT_BYTES, returnStation, takeStation, type Station } from '../machine/pool.ts';
import type { Machine } from '../machine/port.ts';
import { STATUS_DONE, STATUS_ERROR, STATUS_REQUEST } from '../spec/layout.ts';
import { PickleError } from '../spec/pickle-error.ts';
import { Globals } from './globals.ts';
import { Materialiser, type PayloadSource } from '../values/materialise.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { isLarge, noteDecoded, suggestCollection } from './collect.ts';
import { failureOf, HEAD_BYTES, withHint } from './failure.ts';
import { MemoryInput, NO_BYTES } from './memory-input.ts';
import { allocationOf, settingsOf, type SessionSettings } from './settings.ts';

/**
 * A machine made ready for an input: that of the last decode with the very same options where one waits, which saves a
 * small message half its time; else a new one. Call `close` whatever happens.
 * @param byteLength bytes of input, infinite where it is not known
 * @param allocationSaid whether the caller gave `limits.maxAllocation`
 */
export function openSession(options: ResolvedOptions, byteLength: number, allocationSaid: boolean): Session {
  const station = takeStation(chooseEngine(options.engine, byteLength), isLarge(byteLength));
  // Not before: the collector takes a large machine that nobody has.
  suggestCollection();
  const kept = station.session as Session | undefined;
  if (kept === undefined || kept.options !== options) {
    return new Session(options, station, settingsOf(options, byteLength, allocationSaid));
  }
  kept.settings.maxAllocation = allocationOf(options, byteLength, allocationSaid);
  return kept;
}

export class Session {
  readonly options: ResolvedOptions;
  readonly settings: SessionSettings;
  readonly machine: Machine;
  readonly host: Host;
  readonly #station: Station;
  readonly #globals: Globals;
  readonly #hostValues: unknown[] = [];
  readonly #materialiser: Materialiser;
  readonly #input = new MemoryInput();
  /** Whether pickles that follow share the memo, so that they may refer to what this one makes. */
  #isShared = false;

  constructor(options: ResolvedOptions, station: Station, settings: SessionSettings) {
    this.options = options;
    this.settings = settings;
    this.#station = station;
    this.machine = station.machine;
    this.#globals = new Globals(options);
    this.host = new Host({ options, globals: this.#globals, values: this.#hostValues });
    this.#materialiser = new Materialiser(options, this.#globals, this.#hostValues, station);
  }

  /**
   * Makes ready for a pickle.
   * @param fresh whether it has a memo of its own, else it shares that of the pickles before it
   */
  begin(fresh: boolean): void {
    if (this.#isShared && !fresh) {
      this.machine.next();
      return;
    }
    this.machine.begin(this.settings);
    this.#globals.forget();
    if (this.#hostValues.length !== 0) this.#hostValues.length = 0;
    this.#isShared = !fresh;
  }

  /**
   * Reads one pickle of input in memory, from an offset on; `machine.position` is then the offset behind it.
   * @throws PickleError; what a callback of the options throws
   */
  read(bytes: Uint8Array, offset: number): unknown {
    const { machine } = this;
    const input = this.#input;
    input.bytes = bytes;
    try {
      for (let position = offset; ; position = machine.position) {
        const status = machine.run(bytes, position, bytes.length, position, true);
        if (status === STATUS_DONE) break;
        if (status === STATUS_REQUEST) this.host.answer(machine, input);
        else if (status === STATUS_ERROR) throw failureOf(machine, this.settings);
        else throw new Error(`the machine stopped at ${machine.position}, before the end of the input`);
      }
    } catch (error) {
      if (!(error instanceof PickleError)) throw error;
      throw withHint(error, bytes.subarray(offset, offset + HEAD_BYTES), offset);
    }
    return this.materialise(input, machine.opcodeOffset);
  }

  materialise(payloads: PayloadSource, stopOffset: number): unknown {
    return this.#materialiser.read(this.machine.graph, payloads, stopOffset, this.#isShared);
  }

  /**
   * Gives the machine back: nothing else may be called then.
   * @param bufferBytes bytes of the input's chunks, or of the buffer that it is a view of
   */
  close(bufferBytes: number): void {
    noteDecoded(this.machine.position - this.#materialiser.viewedBytes);
    this.#materialiser.viewedBytes = 0;
    // The wasm machine has copied what it read; it holds strings of that.
    const heldBytes = this.machine.engine === 'wasm' ? Math.min(bufferBytes, this.machine.position) : bufferBytes;
    this.#input.bytes = NO_BYTES;
    if (this.#hostValues.length !== 0) this.#hostValues.length = 0;
    const isLight = heldBytes < MAX_HELD_INPUT_BYTES && !this.#isShared && this.options.buffers === null;
    this.#station.session = isLight ? this : undefined;
    returnStation(this.#station, this.settings, heldBytes);
  }
}

/** Where a pickle that is read ends: behind STOP, or behind the frame that STOP is in, as CPython reads it. */
export function endOf(machine: Machine): number {
  return Math.max(machine.position, machine.frameEnd);
}
