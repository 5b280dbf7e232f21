/**
 * Machines that wait for work. A decode takes one out for as long as it lasts, so that a callback which decodes again
 * gets another; `begin` makes clean whatever the last user left behind, after an error too.
 */
import { createMachine, type EngineName } from './auto.ts';
import type { Machine, MachineSettings } from './port.ts';

/**
 * A machine that grew over this is left to the garbage collector: one large input must not hold its memory for ever. A
 * decode that comes before the collector does has it again, for touching fresh memory takes longer than what is done in it.
 */
const MAX_KEPT_BYTES = 64 * 2 ** 20;
/** More than this many decodes at one time are rare. */
const MAX_KEPT_MACHINES = 4;
/** An input of at least this many bytes is let go of at once; a shorter one may stay until the next decode. */
export const MAX_HELD_INPUT_BYTES = 65_536;

/** A machine, and what its users keep with it from call to call. */
export interface Station {
  readonly machine: Machine;
  /** Made and read by the materialiser: functions compiled for the machine's shapes. */
  shapes: unknown;
  /** The last session, which the next one with the same options goes on with. */
  session: unknown;
}

const waiting: Record<EngineName, Station[]> = { wasm: [], ts: [] };
/** The large one that was given back last. */
const large: Record<EngineName, WeakRef<Station> | undefined> = { wasm: undefined, ts: undefined };

/**
 * A machine for one user. Call `begin` before anything else.
 * @param isLarge whether the input is: then a large machine is taken where there is one
 */
export function takeStation(engine: EngineName, isLarge = false): Station {
  if (isLarge) {
    const station = large[engine]?.deref();
    large[engine] = undefined;
    if (station !== undefined) return station;
  }
  return waiting[engine].pop() ?? { machine: createMachine(engine), shapes: undefined, session: undefined };
}

/**
 * Gives a machine back, after a value or an error alike.
 * @param settings with which it began
 * @param heldBytes bytes of input that it may still hold
 */
export function returnStation(station: Station, settings: MachineSettings, heldBytes: number): void {
  const { machine } = station;
  const stations = waiting[machine.engine];
  const isLarge = machine.graph.f64.byteLength > MAX_KEPT_BYTES;
  if (heldBytes >= MAX_HELD_INPUT_BYTES) machine.begin(settings);
  if (isLarge) large[machine.engine] = new WeakRef(station);
  else if (stations.length < MAX_KEPT_MACHINES) stations.push(station);
}
