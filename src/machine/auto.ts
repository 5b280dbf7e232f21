/**
 * Which engine reads an input, where the caller leaves it open. The core has the wasm engine and no other: the package's
 * main module, or `pickle-wasm/ts`, makes the TypeScript engine known. So a bundle of the core holds one engine.
 */
import type { Machine } from './port.ts';
import { createWasmMachine } from './wasm/machine.ts';

export type EngineName = Machine['engine'];

let createTsMachine: (() => Machine) | undefined;

/** Makes the TypeScript engine known. For the package's entry modules. */
export function knowTsEngine(create: () => Machine): void {
  createTsMachine = create;
}

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

/**
 * A new machine.
 * @throws TypeError where the TypeScript engine is asked for and is not known; what WebAssembly throws where it is not to
 *   be had
 */
export function createMachine(engine: EngineName): Machine {
  if (engine === 'wasm') return createWasmMachine();
  if (createTsMachine === undefined) {
    const why = wasmWorks === false ? 'WebAssembly is not to be had here, and the' : 'The';
    throw new TypeError(
      `${why} engine 'ts' is no part of pickle-wasm/core: import pickle-wasm/ts before the first decode.`,
    );
  }
  return createTsMachine();
}
