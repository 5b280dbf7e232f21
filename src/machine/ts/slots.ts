import type { Budget } from './budget.ts';
import { WordsArea } from './words-area.ts';

/** The graph's memory: slots of two words. Slot 0 is never used, since 0 stands for none. */
export class Slots extends WordsArea {
  f64: Float64Array;
  u32: Uint32Array;
  /** The first free slot. The loop keeps it in a local variable and writes it back when it leaves. */
  free = FIRST_SLOT;

  constructor(budget: Budget) {
    super(budget);
    this.f64 = new Float64Array(this.words.buffer);
    this.u32 = new Uint32Array(this.words.buffer);
  }

  override begin(): void {
    super.begin();
    if (this.f64.buffer !== this.words.buffer) this.onMoved();
    this.free = FIRST_SLOT;
  }

  protected override onMoved(): void {
    this.f64 = new Float64Array(this.words.buffer);
    this.u32 = new Uint32Array(this.words.buffer);
  }
}

/** Where the graph begins, as in the README's worked dump. */
export const FIRST_SLOT = 8;
