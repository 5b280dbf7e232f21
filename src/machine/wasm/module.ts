/**
 * The compiled module: compiled once, from the text inlined in the package, or from what `init` was given.
 */
import { WASM_PACKED } from './packed.ts';

/** What `assembly/index.ts` exports. */
export interface WasmExports {
  readonly memory: WebAssembly.Memory;
  readonly SHAPES: WebAssembly.Global;
  readonly COLUMNS: WebAssembly.Global;
  begin(): void;
  next(): void;
  run(length: number, base: number, end: number, last: boolean): number;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Sets the wasm module to use, before the first decode: for places that forbid compiling on the main thread or inlined
 * text, and for workers, which can be sent a compiled module.
 * @param source the bytes of `pickle-wasm/wasm`, or the compiled module
 */
export async function init(source: BufferSource | WebAssembly.Module): Promise<void> {
  compiled = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
}

/** Whether the next instance is to be had without compiling. */
export function isCompiled(): boolean {
  return compiled !== undefined;
}

/** A new instance, with a memory of its own. Throws what WebAssembly throws where it is not to be had. */
export function instantiate(): WasmExports {
  compiled ??= new WebAssembly.Module(unpack(WASM_PACKED));
  // It imports nothing.
  return new WebAssembly.Instance(compiled).exports as unknown as WasmExports;
}

/**
 * The bytes that assembly/embed.mjs packed: the first two of 90 characters begin a pair. Characters that JavaScript's strings
 * escape have others in their places.
 */
function unpack(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  const values = Uint8Array.from({ length: 127 }, (_, code) => code - 35);
  [values[125], values[126], values[32]] = [4, 57, 61];
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i)]!;
    bytes[length++] = (value < 2 ? 90 * value + 90 + values[text.charCodeAt(++i)]! : value) - 10;
  }
  return bytes.slice(0, length);
}
