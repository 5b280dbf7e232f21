/**
 * Which engine reads an input, where the caller leaves it open. The core has the wasm engine and no other: the package's
 * main module, or `pickle-wasm/ts`, makes the TypeScript engine known. So a bundle of the core holds one engine.
 */
import type { Machine } from './port.ts';
import { createWasmMachine } from './wasm/machine.ts';
import { isCompiled } from './wasm/module.ts';

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
 * Bytes of input that a process reads before it compiles wasm, which takes longer than reading them: few messages, and many
 * processes read no more.
 */
let coldBytes = 16_384;
/** What a message counts at least. */
const COLD_MESSAGE_BYTES = 512;

/**
 * The engine that an option stands for: of 'auto' wasm wherever it is to be had, but for short inputs at a process's
 * beginning.
 * @param byteLength bytes of input, infinite where it is not known
 */
export function engineFor(engine: EngineName | 'auto', byteLength: number): EngineName {
  if (engine !== 'auto') return engine;
  const isCold = byteLength <= coldBytes && createTsMachine !== undefined && !isCompiled();
  return isCold || !wasmAvailable() ? 'ts' : 'wasm';
}

/** As `engineFor`, for an input that is read then: a process is not at its beginning for ever. */
export function chooseEngine(engine: EngineName | 'auto', byteLength: number): EngineName {
  const chosen = engineFor(engine, byteLength);
  if (engine === 'auto' && chosen === 'ts') coldBytes -= Math.max(byteLength, COLD_MESSAGE_BYTES);
  return chosen;
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
