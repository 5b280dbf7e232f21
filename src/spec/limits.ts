/** What one decode may use. A number over its limit is a PickleLimitError, before anything is allocated for it. */
export interface Limits {
  /** Bytes of input. */
  readonly maxInputBytes: number;
  /** Bytes of memory for the graph, the stack and the memo. By default 64 times the input and 64 MiB, at most 4 GiB. */
  readonly maxAllocation: number;
  /** Levels of nesting of values. */
  readonly maxDepth: number;
  /** Values on the stack at one time. */
  readonly maxStack: number;
  /** Marks open at one time. */
  readonly maxMarks: number;
  /** Entries of the memo. */
  readonly maxMemoEntries: number;
  /** Items of one list or tuple; a Map or Set holds at most 2^24 in any case. */
  readonly maxContainerItems: number;
  /** Bytes of one string, in the input. */
  readonly maxStringBytes: number;
  /** Bytes of one binary integer. */
  readonly maxIntBytes: number;
  /** Digits of one integer in text. */
  readonly maxIntDigits: number;
  /** Different globals that a pickle names. */
  readonly maxGlobals: number;
  /** Bytes of a global's module and name. */
  readonly maxGlobalNameBytes: number;
  /** Bytes that compressed input may become, of each layer of compression. */
  readonly maxInflatedBytes: number;
  /** How many times larger than the input decompressed data may be; the first 64 MiB are free. */
  readonly maxInflateRatio: number;
  /** Containers within each other, as a tar file in a gzip file: two. */
  readonly maxContainers: number;
  /** Entries of one zip or tar archive. */
  readonly maxArchiveEntries: number;
}

export const DEFAULT_LIMITS: Limits = /* @__PURE__ */ Object.freeze({
  maxInputBytes: Infinity,
  maxAllocation: 2 ** 32,
  maxDepth: 10_000,
  maxStack: 2 ** 24,
  maxMarks: 2 ** 20,
  maxMemoEntries: 2 ** 28,
  maxContainerItems: 2 ** 27,
  maxStringBytes: 2 ** 28,
  maxIntBytes: 2 ** 24,
  maxIntDigits: 4_300,
  maxGlobals: 65_536,
  maxGlobalNameBytes: 1_024,
  maxInflatedBytes: 2 ** 36,
  maxInflateRatio: 250,
  maxContainers: 4,
  maxArchiveEntries: 10_000,
});

/** The most entries that V8 lets a Map or a Set hold. */
export const MAX_MAP_ENTRIES = 2 ** 24;
