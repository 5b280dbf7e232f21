import type { Graph, Shape } from '../../graph/graph.ts';
import { ROOT_CELL } from './objects.ts';
import type { State } from './state.ts';

/** A machine's graph as its readers see it. One object for each machine; its views are those of the latest `refresh`. */
export class GraphView implements Graph {
  f64: Float64Array;
  u32: Uint32Array;
  i32: Int32Array;
  readonly root = ROOT_CELL;
  sharedCount = 0;
  private readonly state: State;

  constructor(state: State) {
    this.state = state;
    this.f64 = state.slots.f64;
    this.u32 = state.slots.u32;
    this.i32 = state.slots.words;
  }

  refresh(): this {
    const { slots, sharedCount } = this.state;
    this.f64 = slots.f64;
    this.u32 = slots.u32;
    this.i32 = slots.words;
    this.sharedCount = sharedCount;
    return this;
  }

  sharedSlot(index: number): number {
    return this.state.shared.words[index]!;
  }

  chunk1(n: number): string {
    return this.state.text.chunk1(n);
  }

  chunk2(n: number): string {
    return this.state.text.chunk2(n);
  }

  text(slot: number): string {
    const { words } = this.state.slots;
    return this.state.text.string(words[2 * slot]!, words[2 * slot + 1]!);
  }

  shape(number: number): Shape {
    return this.state.shapes.view(number);
  }
}
