/**
 * A graph as lines of text that do not tell where things lie: nodes are numbered as they are met, strings are their text.
 * Two graphs with the same lines give the same values. Checks the masks of kinds on the way.
 */
import type { Graph } from '../../src/graph/graph.ts';
import {
  FLAG_FETCHED,
  FLAG_SHAPED,
  FLAG_UNHASHABLE,
  KEY_KINDS_SHIFT,
  NODE_BIGINT,
  NODE_BYTEARRAY,
  NODE_BYTES,
  NODE_DICT,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_OBJECT,
  NODE_SET,
  NODE_TUPLE,
  OP_BUILD,
  OP_SETTER,
  SPECIAL_BUFFER,
  SPECIAL_GLOBAL,
  SPECIAL_HOST,
  SPECIAL_INT64,
  SPECIAL_NAN,
  TAG_CONST,
  TAG_INT,
  TAG_NODE,
  TAG_SHARED,
  TAG_SPECIAL,
  TAG_STR1,
  TAG_STR2,
} from '../../src/spec/layout.ts';
import type { Driven } from './drive.ts';

const KINDS = ['LIST', 'TUPLE', 'DICT', 'SET', 'FROZENSET', 'OBJECT', 'PERSISTENT', 'EXTENSION'];
const PAYLOADS = ['BYTES', 'BYTEARRAY', 'BIGINT'];
const CONSTS = ['None', 'False', 'True', '()', 'absent'];

export function describeGraph(driven: Driven): string[] {
  return new Describer(driven.machine.graph, driven).all();
}

class Describer {
  private readonly graph: Graph;
  private readonly driven: Driven;
  private readonly numbers = new Map<number, number>();
  private readonly queue: number[] = [];
  private readonly nans = new Map<number, number>();

  constructor(graph: Graph, driven: Driven) {
    this.graph = graph;
    this.driven = driven;
  }

  all(): string[] {
    const lines = [this.slot(this.graph.root)];
    for (let i = 0; i < this.queue.length; i++) lines.push(`#${i} ${this.node(this.queue[i]!)}`);
    return lines;
  }

  private kind(slot: number): number {
    const tag = this.graph.u32[2 * slot + 1]! >>> 16;
    return tag < TAG_INT ? 1 : 1 << (tag - TAG_INT + 1);
  }

  private slot(slot: number): string {
    const { u32, i32 } = this.graph;
    const lo = u32[2 * slot]!;
    const hi = u32[2 * slot + 1]!;
    const sub = hi & 0xffff;
    switch (hi >>> 16) {
      case TAG_INT:
        return `${i32[2 * slot]}`;
      case TAG_CONST:
        return CONSTS[lo]!;
      case TAG_SPECIAL:
        return this.special(sub, lo);
      case TAG_SHARED:
        if (lo >= this.graph.sharedCount) throw new Error(`shared string ${lo} of ${this.graph.sharedCount}`);
        return this.slot(this.graph.sharedSlot(lo));
      case TAG_STR1:
      case TAG_STR2: {
        const text = textIn(this.graph, slot);
        if (text !== this.graph.text(slot)) throw new Error(`two texts: ${text} and ${this.graph.text(slot)}`);
        return JSON.stringify(text);
      }
      case TAG_NODE: {
        let number = this.numbers.get(lo);
        if (number === undefined) {
          number = this.queue.push((lo << 4) | sub) - 1;
          this.numbers.set(lo, number);
        } else if (!PAYLOADS[sub - NODE_BYTES] && !(u32[2 * lo]! & FLAG_FETCHED)) {
          throw new Error('a node is held twice and has not FETCHED');
        }
        return `#${number}`;
      }
      default:
        return `double ${bits(hi, lo)}`;
    }
  }

  private special(sub: number, lo: number): string {
    const { u32, i32 } = this.graph;
    switch (sub) {
      case SPECIAL_INT64:
        return `${(BigInt(i32[2 * lo + 1]!) << 32n) | BigInt(u32[2 * lo]!)}`;
      case SPECIAL_HOST: {
        const value = this.driven.values[lo];
        return typeof value === 'string' ? JSON.stringify(value) : `host ${String(value)}`;
      }
      case SPECIAL_BUFFER:
        return `buffer ${lo & 0x7fffffff}${lo >>> 31 ? ' read-only' : ''}`;
      case SPECIAL_GLOBAL:
        return `global ${this.driven.globals[lo]}`;
      case SPECIAL_NAN: {
        if (!this.nans.has(lo)) this.nans.set(lo, this.nans.size);
        return `nan ${this.nans.get(lo)} ${bits(u32[2 * lo + 1]!, u32[2 * lo]!)}`;
      }
      default:
        throw new Error(`special ${sub}`);
    }
  }

  private node(packed: number): string {
    const { u32, f64 } = this.graph;
    const node = packed >>> 4;
    const kind = packed & 15;
    const flags = u32[2 * node]!;
    const count = u32[2 * node + 1]!;
    const fetched = flags & FLAG_FETCHED ? ' fetched' : '';
    const name = KINDS[kind] ?? PAYLOADS[kind - NODE_BYTES];
    switch (kind) {
      case NODE_LIST:
      case NODE_SET:
        return `${name}${fetched} ${this.slots(this.runs(node, count), flags).join(' ')}`;
      case NODE_TUPLE:
      case NODE_FROZENSET: {
        const items = Array.from({ length: count }, (_, i) => node + 1 + i);
        const unhashable = flags & FLAG_UNHASHABLE ? ' unhashable' : '';
        return `${name}${fetched}${unhashable} ${this.slots(items, flags).join(' ')}`;
      }
      case NODE_DICT:
        return `${name}${fetched} ${this.dict(node, flags, count).join(' ')}`;
      case NODE_BYTES:
      case NODE_BYTEARRAY:
      case NODE_BIGINT:
        return `${name}${kind === NODE_BYTEARRAY ? fetched : ''} ${f64[node + 1]} ${f64[node + 2]}`;
      default: {
        const head = kind === NODE_OBJECT ? [1, 2, 3].map((i) => this.slot(node + i)) : [this.slot(node + 1)];
        return `${name}${fetched} how ${count} at ${f64[node + 5]} ${head.join(' ')}${this.ops(node)}`;
      }
    }
  }

  /** The slots' texts, after a check that the mask has their kinds. */
  private slots(slots: readonly number[], mask: number): string[] {
    return slots.map((slot) => {
      this.check(slot, mask);
      return this.slot(slot);
    });
  }

  private check(slot: number, mask: number): void {
    if ((this.kind(slot) & mask) === 0) throw new Error(`the mask ${mask & 255} lacks the kind ${this.kind(slot)}`);
  }

  /** The slots of a node's runs. */
  private runs(node: number, total: number): number[] {
    const { u32 } = this.graph;
    const slots: number[] = [];
    let last = 0;
    for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
      for (let i = 0; i < u32[2 * run + 1]!; i++) slots.push(run + 1 + i);
      last = run;
    }
    if (last !== u32[2 * node + 3]) throw new Error('the last run is another');
    if (slots.length !== total) throw new Error(`${slots.length} slots in runs, of ${total}`);
    return slots;
  }

  private dict(node: number, flags: number, count: number): string[] {
    if (flags & FLAG_SHAPED) {
      const shape = this.graph.shape(count);
      const values = this.graph.u32[2 * node + 2]!;
      const texts = this.slots(
        shape.keys.map((_, i) => values + i),
        flags,
      );
      shape.kinds.forEach((mask, i) => this.check(values + i, mask));
      return shape.keys.map((key, i) => `${JSON.stringify(key)}: ${texts[i]}`);
    }
    const slots = this.runs(node, 2 * count);
    const keys = this.slots(
      slots.filter((_, i) => i % 2 === 0),
      flags >>> KEY_KINDS_SHIFT,
    );
    const values = this.slots(
      slots.filter((_, i) => i % 2 === 1),
      flags,
    );
    return keys.map((key, i) => `${key}: ${values[i]}`);
  }

  private ops(node: number): string {
    const { u32, f64 } = this.graph;
    let text = '';
    for (let op = u32[2 * (node + 4)]!; op !== 0; op = u32[2 * op]!) {
      const what = u32[2 * op + 1]!;
      const operands =
        what === OP_BUILD || what === OP_SETTER
          ? [op + 2]
          : Array.from({ length: u32[2 * (op + 2) + 1]! }, (_, i) => op + 3 + i);
      // An op without items says nothing; a machine may leave it out.
      if (operands.length > 0)
        text += ` [${what} at ${f64[op + 1]}: ${operands.map((slot) => this.slot(slot)).join(' ')}]`;
    }
    return text;
  }
}

/** As a materialiser reads text: out of a chunk's string. */
function textIn(graph: Graph, slot: number): string {
  const offset = graph.u32[2 * slot]!;
  const hi = graph.u32[2 * slot + 1]!;
  const length = hi & 0xffff;
  if (length === 0) return '';
  if (hi >>> 16 === TAG_STR1) {
    const at = offset & 0xfffff;
    return graph.chunk1(offset >>> 20).substring(at, at + length);
  }
  const at = (offset & 0x3fffff) >>> 1;
  return graph.chunk2(offset >>> 22).substring(at, at + length);
}

const bits = (hi: number, lo: number): string => [hi, lo].map((word) => word.toString(16).padStart(8, '0')).join('');
