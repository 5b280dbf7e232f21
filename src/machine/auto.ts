/** Which engine reads an input, where the caller leaves it open. */
import { createTsMachine } from './ts/machine.ts';
import type { Machine } from './port.ts';
import { createWasmMachine } from './wasm/machine.ts';

export type EngineName = Machine['engine'];

/** Whether wasm is to be had: undefined until it was tried. */
let wasmWorks: boolean | undefined;

/**
 * Whether this place runs WebAssembly. A Content-Security-Policy may forbid it where `WebAssembly` is there, so it is
 * tried once, by making a machine.
 */
export function wasmAvailable(): boolean {
  if (wasmWorks === undefined) {
    try {
      createWasmMachine();
      wasmWorks = true;
    } catch {
      wasmWorks = false;
    }
  }
  return wasmWorks;
}

/**
 * The engine that an option stands for.
 * @param byteLength bytes of input, infinite where it is not known
 */
export function chooseEngine(engine: EngineName | 'auto', _byteLength: number): EngineName {
  if (engine !== 'auto') return engine;
  return wasmAvailable() ? 'wasm' : 'ts';
}

export function createMachine(engine: EngineName): Machine {
  return engine === 'wasm' ? createWasmMachine() : createTsMachine();
}
