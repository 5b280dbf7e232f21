/** The wasm machine: copies windows of the input into linear memory and runs the opcodes there. */
import type { Graph } from '../../graph/graph.ts';
import * as abi from '../../spec/abi.ts';
import { STATUS_NEED_INPUT, WINDOW_BYTES } from '../../spec/layout.ts';
import type { Machine, MachineSettings } from '../port.ts';
import { WasmGraph } from './graph.ts';
import { instantiate, type WasmExports } from './module.ts';

/** A new wasm machine. Throws where WebAssembly is not to be had. */
export function createWasmMachine(): Machine {
  return new WasmMachine(instantiate());
}

/** What lies behind a small message is not copied with it: 64 KiB take longer than reading the message. */
const FIRST_WINDOW_BYTES = 2048;

class WasmMachine implements Machine {
  readonly engine = 'wasm';
  readonly moduleSlot = abi.REG_MODULE >>> 3;
  readonly nameSlot = abi.REG_NAME >>> 3;
  readonly #exports: WasmExports;
  readonly #graph: WasmGraph;

  constructor(exports: WasmExports) {
    this.#exports = exports;
    this.#graph = new WasmGraph(exports);
    this.#graph.u32[abi.REG_SEED >>> 2] = Math.floor(Math.random() * 2 ** 32);
  }

  begin(settings: MachineSettings): void {
    const { u32, f64 } = this.#graph;
    u32[abi.REG_SETTINGS >>> 2] = settings.bits;
    u32[abi.REG_BUFFER_COUNT >>> 2] = settings.bufferCount;
    u32[abi.REG_MAX_STACK >>> 2] = word(settings.maxStack);
    u32[abi.REG_MAX_MARKS >>> 2] = word(settings.maxMarks);
    u32[abi.REG_MAX_MEMO >>> 2] = word(settings.maxMemoEntries);
    u32[abi.REG_MAX_ITEMS >>> 2] = word(settings.maxContainerItems);
    u32[abi.REG_MAX_STRING >>> 2] = word(settings.maxStringBytes);
    u32[abi.REG_MAX_INT >>> 2] = word(settings.maxIntBytes);
    f64[abi.REG_MAX_ALLOCATION >>> 3] = settings.maxAllocation;
    this.#exports.begin();
    this.#graph.forget();
  }

  next(): void {
    this.#exports.next();
  }

  run(bytes: Uint8Array, start: number, end: number, base: number, final: boolean): number {
    const graph = this.#graph;
    const inputEnd = final ? base + (end - start) : Infinity;
    for (let at = start, window = FIRST_WINDOW_BYTES; ; window = Math.min(8 * window, WINDOW_BYTES)) {
      const length = Math.min(window, end - at);
      const last = final && at + length === end;
      graph.bytes.set(length === bytes.length ? bytes : bytes.subarray(at, at + length), abi.WINDOW);
      const from = base + (at - start);
      const status = this.#exports.run(length, from, inputEnd, last);
      graph.refresh();
      if (status !== STATUS_NEED_INPUT) return status;
      const position = graph.f64[abi.REG_POSITION >>> 3]!;
      const seenAll = at + length === end;
      at = start + (position - base);
      // Go on where there is more of the input, or its end is to be told; else the caller has to bring more.
      if (at > end || (seenAll && (position === from || !final))) return status;
      if (at === end && !final) return status;
    }
  }

  reply(lo: number, hi: number, position: number): void {
    const { u32, f64 } = this.#graph;
    u32[abi.REG_REPLY >>> 2] = lo;
    u32[(abi.REG_REPLY >>> 2) + 1] = hi;
    f64[abi.REG_POSITION >>> 3] = position;
  }

  get graph(): Graph {
    return this.#graph;
  }

  get position(): number {
    return this.#graph.f64[abi.REG_POSITION >>> 3]!;
  }

  get protocol(): number {
    return this.#graph.u32[abi.REG_PROTOCOL >>> 2]!;
  }

  get opcodeOffset(): number {
    return this.#graph.f64[abi.REG_OPCODE_OFFSET >>> 3]!;
  }

  get opcode(): number {
    return this.#graph.u32[abi.REG_OPCODE >>> 2]!;
  }

  get errorNumber(): number {
    return this.#graph.u32[abi.REG_ERROR >>> 2]!;
  }

  get errorActual(): number {
    return this.#graph.f64[abi.REG_ERROR_ACTUAL >>> 3]!;
  }

  get argumentOffset(): number {
    return this.#graph.f64[abi.REG_ARGUMENT_OFFSET >>> 3]!;
  }

  get argumentLength(): number {
    return this.#graph.f64[abi.REG_ARGUMENT_LENGTH >>> 3]!;
  }

  get lastPayload(): number {
    return this.#graph.u32[abi.REG_LAST_PAYLOAD >>> 2]!;
  }

  get frameEnd(): number {
    return this.#graph.f64[abi.REG_FRAME_END >>> 3]!;
  }

  get frameOffset(): number {
    return this.#graph.f64[abi.REG_FRAME_OFFSET >>> 3]!;
  }
}

/** A limit as a 32-bit word: nothing that linear memory counts is larger. */
function word(limit: number): number {
  return Math.min(limit, 2 ** 32 - 1);
}
