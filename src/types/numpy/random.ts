/** numpy's random numbers: what their generators hold. */

/** What makes the random bits: PCG64, MT19937, Philox, SFC64 ... */
export class PyBitGenerator {
  /** 'PCG64', or the class as the pickle names it: 'numpy.random._pcg64.PCG64'. */
  readonly className: string;
  /** A dict, as numpy's own property `state` gives it. */
  state: unknown = null;
  /** The SeedSequence that it was seeded by; null where the pickle does not tell. */
  seedSequence: unknown = null;

  constructor(className: string) {
    this.className = className;
  }

  setState(state: unknown): void {
    if (Array.isArray(state)) [this.state, this.seedSequence = null] = state as unknown[];
    else this.state = state;
  }

  toJSON(): unknown {
    return { className: this.className, state: this.state };
  }
}

/** A numpy.random.Generator. */
export class PyGenerator {
  readonly bitGenerator: PyBitGenerator;

  constructor(bitGenerator: PyBitGenerator) {
    this.bitGenerator = bitGenerator;
  }
}

/** A numpy.random.RandomState. */
export class PyRandomState {
  /** Null where the pickle is of the time before there were bit generators. */
  readonly bitGenerator: PyBitGenerator | null;
  /** A dict, or of old a tuple: the bit generator's name, its key and position, and the Gaussian number kept. */
  state: unknown = null;

  constructor(bitGenerator: PyBitGenerator | null) {
    this.bitGenerator = bitGenerator;
  }
}

/** A numpy.random.SeedSequence: what generators are seeded from. */
export class PySeedSequence {
  entropy: unknown = null;
  childrenSpawned: unknown = null;
  pool: unknown = null;
  poolSize: unknown = null;
  spawnKey: unknown = null;

  /** @returns whether the state was one */
  setState(state: unknown): boolean {
    if (!Array.isArray(state) || state.length < 5) return false;
    [this.entropy, this.childrenSpawned, this.pool, this.poolSize, this.spawnKey] = state as unknown[];
    return true;
  }
}
