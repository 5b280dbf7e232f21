/** A machine at work: it, its host and its materialiser, for one pickle or for several of one input. */
import { chooseEngine } from '../machine/auto.ts';
import { Host } from '../machine/host.ts';
import { returnStation, takeStation, type Station } from '../machine/pool.ts';
import type { Machine, MachineSettings } from '../machine/port.ts';
import { STATUS_DONE, STATUS_ERROR, STATUS_REQUEST } from '../spec/layout.ts';
import { PickleError } from '../spec/pickle-error.ts';
import { Globals } from './globals.ts';
import { Materialiser, type PayloadSource } from '../values/materialise.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { failureOf, HEAD_BYTES, withHint } from './failure.ts';
import type { MemoryInput } from './memory-input.ts';
import { settingsOf } from './settings.ts';

export class Session {
  readonly options: ResolvedOptions;
  readonly settings: MachineSettings;
  readonly machine: Machine;
  host!: Host;
  #materialiser!: Materialiser;
  readonly #station: Station;
  #begun = false;
  /** Whether a later pickle may refer to what this one makes. */
  #keepAll = false;

  /**
   * @param byteLength bytes of input, infinite where it is not known
   * @param allocationSaid whether the caller gave `limits.maxAllocation`
   */
  constructor(options: ResolvedOptions, byteLength: number, allocationSaid: boolean) {
    this.options = options;
    this.settings = settingsOf(options, byteLength, allocationSaid);
    this.#station = takeStation(chooseEngine(options.engine, byteLength));
    this.machine = this.#station.machine;
  }

  /**
   * Makes ready for a pickle.
   * @param fresh whether it has a memo of its own, else it shares that of the pickles before it
   */
  begin(fresh: boolean): void {
    if (fresh || !this.#begun) {
      this.machine.begin(this.settings);
      const { options } = this;
      const globals = new Globals(options);
      const values: unknown[] = [];
      this.host = new Host({ options, globals, values });
      this.#materialiser = new Materialiser(options, globals, values, this.#station);
    } else this.machine.next();
    this.#keepAll = !fresh;
    this.#begun = true;
  }

  /**
   * Reads one pickle of input in memory, from an offset on; `machine.position` is then the offset behind it.
   * @throws PickleError; what a callback of the options throws
   */
  read(input: MemoryInput, offset: number): unknown {
    const { machine } = this;
    const { bytes } = input;
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
    return this.#materialiser.read(this.machine.graph, payloads, stopOffset, this.#keepAll);
  }

  /**
   * Gives the machine back: nothing else may be called then.
   * @param byteLength bytes of input that it has read
   */
  close(byteLength: number): void {
    returnStation(this.#station, this.settings, byteLength);
  }
}

/** Where a pickle that is read ends: behind STOP, or behind the frame that STOP is in, as CPython reads it. */
export function endOf(machine: Machine): number {
  return Math.max(machine.position, machine.frameEnd);
}
