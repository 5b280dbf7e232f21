/** The graph in a wasm machine's linear memory. */
import { latin1Text, utf16Text } from '../../bytes/chunks.ts';
import type { Graph, Shape } from '../../graph/graph.ts';
import * as abi from '../../spec/abi.ts';
import { TAG_STR1, TEXT2_CHUNK_BITS, TEXT_CHUNK_BITS } from '../../spec/layout.ts';
import { ChunkStrings } from './chunk-strings.ts';
import type { WasmExports } from './module.ts';

/** Bytes of a shape's record and of a column's, see `assembly/shapes.ts`. */
const SHAPE_BYTES = 32;
const COLUMN_BYTES = 16;

export class WasmGraph implements Graph {
  f64!: Float64Array;
  u32!: Uint32Array;
  i32!: Int32Array;
  bytes!: Uint8Array;
  readonly root = abi.REG_ROOT >>> 3;

  readonly #memory: WebAssembly.Memory;
  readonly #shapesAt: number;
  #shapes: Shape[] = [];
  #tablesEpoch = 0;
  readonly #text1 = new ChunkStrings();
  readonly #text2 = new ChunkStrings();

  constructor(exports: WasmExports) {
    this.#memory = exports.memory;
    this.#shapesAt = Number(exports.SHAPES.value);
    this.refresh();
  }

  /** Makes the views anew where memory has grown: growing detaches them. */
  refresh(): void {
    const buffer = this.#memory.buffer;
    if (this.bytes !== undefined && this.bytes.buffer === buffer) return;
    this.f64 = new Float64Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }

  /** For a new decode: text is written over. */
  forget(): void {
    this.#text1.forget();
    this.#text2.forget();
    const epoch = this.u32[abi.REG_EPOCH_OF_TABLES >>> 2]!;
    if (epoch !== this.#tablesEpoch) {
      this.#tablesEpoch = epoch;
      this.#shapes = [];
    }
  }

  get sharedCount(): number {
    return this.u32[abi.REG_SHARED_COUNT >>> 2]!;
  }

  sharedSlot(index: number): number {
    return (this.u32[abi.REG_SHARED >>> 2]! >>> 3) + 2 * index;
  }

  chunk1(n: number): string {
    const end = chunkEnd(n, TEXT_CHUNK_BITS, this.u32[abi.REG_TEXT1_TOP >>> 2]!);
    const known = this.#text1.known(n, end);
    return known ?? this.#text1.keep(n, end, latin1Text(this.bytes, n * 2 ** TEXT_CHUNK_BITS, end));
  }

  chunk2(n: number): string {
    const end = chunkEnd(n, TEXT2_CHUNK_BITS, this.u32[abi.REG_TEXT2_TOP >>> 2]!);
    const known = this.#text2.known(n, end);
    return known ?? this.#text2.keep(n, end, utf16Text(this.bytes, n * 2 ** TEXT2_CHUNK_BITS, end));
  }

  text(slot: number): string {
    const offset = this.u32[2 * slot]!;
    const hi = this.u32[2 * slot + 1]!;
    const length = hi & 0xffff;
    if (hi >>> 16 === TAG_STR1) return latin1Text(this.bytes, offset, offset + length);
    return utf16Text(this.bytes, offset, offset + 2 * length);
  }

  shape(number: number): Shape {
    const record = (this.#shapesAt + number * SHAPE_BYTES) >>> 2;
    const version = this.u32[record + 3]!;
    const known = this.#shapes[number];
    if (known !== undefined && known.version === version) return known;
    const columns = this.u32[record]! >>> 2;
    const count = this.u32[record + 1]!;
    const keys: readonly string[] =
      known?.keys ??
      Array.from({ length: count }, (_, i) => this.#key(this.u32[columns + (i * COLUMN_BYTES) / 4 + 2]!));
    const kinds = Uint8Array.from({ length: count }, (_, i) => this.u32[columns + (i * COLUMN_BYTES) / 4 + 3]!);
    return (this.#shapes[number] = { number, keys, kinds, version });
  }

  /** The text of an interned key. */
  #key(number: number): string {
    const record = (abi.KEYS + 16 * number) >>> 2;
    const address = this.u32[record]!;
    const size = this.u32[record + 1]!;
    if (size >>> 31 === 0) return latin1Text(this.bytes, address, address + size);
    return utf16Text(this.bytes, address, address + (size & 0x7fffffff));
  }
}

/** Where chunk `n` of 2^`bits` bytes ends, if text reaches up to `top`. */
function chunkEnd(n: number, bits: number, top: number): number {
  return n === (top - 1) >>> bits ? top : (n + 1) * 2 ** bits;
}
