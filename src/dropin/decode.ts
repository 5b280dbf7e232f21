/** Decoding with another package's habits: the machines, the host and the limits are those of `loads`. */
import { suggestCollection, isLarge, noteDecoded } from '../decode/collect.ts';
import { failureOf } from '../decode/failure.ts';
import { MemoryInput } from '../decode/memory-input.ts';
import { endOf } from '../decode/session.ts';
import { checkInputBytes, settingsOf } from '../decode/settings.ts';
import { chooseEngine } from '../machine/auto.ts';
import { Host } from '../machine/host.ts';
import { returnStation, takeStation } from '../machine/pool.ts';
import { STATUS_DONE, STATUS_ERROR, STATUS_REQUEST } from '../spec/layout.ts';
import type { PyType, ResolvedOptions } from '../spec/options.ts';
import { sameKind } from './bytes.ts';
import type { Habits } from './habits.ts';
import { Maker } from './maker.ts';
import { Names } from './names.ts';

export interface Decoded {
  readonly value: unknown;
  /** Bytes that the pickle takes. */
  readonly bytesUsed: number;
}

/** What a decode is told beside its options. */
export interface Manner {
  readonly habits: Habits;
  /** How instances are changed. */
  readonly type: PyType;
  /** How many out-of-band buffers there are. */
  readonly bufferCount: number;
  /** Whether the caller gave `limits.maxAllocation`. */
  readonly allocationSaid: boolean;
}

/**
 * Reads a pickle from bytes in memory. Where these are a Buffer, its bytes are Buffers too.
 * @throws PickleError; what the caller's own code throws
 */
export function decode(bytes: Uint8Array, options: ResolvedOptions, manner: Manner): Decoded {
  checkInputBytes(options, bytes.length);
  const station = takeStation(chooseEngine(options.engine, bytes.length), isLarge(bytes.length));
  suggestCollection();
  const { machine } = station;
  const settings = {
    ...settingsOf(options, bytes.length, manner.allocationSaid),
    bufferCount: manner.bufferCount,
  };
  try {
    const input = new MemoryInput();
    input.bytes = bytes;
    const values: unknown[] = [];
    const names = new Names(manner.habits, manner.type, options.limits.maxGlobals);
    const host = new Host({ options, globals: names, values });
    machine.begin(settings);
    for (let position = 0; ; position = machine.position) {
      const status = machine.run(bytes, position, bytes.length, position, true);
      if (status === STATUS_DONE) break;
      if (status === STATUS_REQUEST) host.answer(machine, input);
      else if (status === STATUS_ERROR) throw failureOf(machine, settings);
      else throw new Error(`the machine stopped at ${machine.position}, before the end of the input`);
    }
    const maker = new Maker(options, names, values, station, {
      habits: manner.habits,
      type: manner.type,
      payloads: { slice: (offset, length) => sameKind(bytes, input.slice(offset, length)) },
    });
    const value = maker.read(machine.graph, input, machine.opcodeOffset);
    return { value, bytesUsed: endOf(machine) };
  } finally {
    noteDecoded(machine.position);
    const heldBytes = machine.engine === 'wasm' ? Math.min(bytes.buffer.byteLength, machine.position) : bytes.length;
    returnStation(station, settings, heldBytes);
  }
}
