/** A seeded source of random numbers (mulberry32): the same seed gives the same run anywhere. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** An integer from 0 to `end` - 1. */
  below(end: number): number {
    return this.bits() % end;
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}
