/**
 * What the tests want and the package does not do yet, each with a date and a reason. A gap that has closed fails the
 * run until it is struck off here.
 */
export interface KnownGap {
  readonly since: string;
  readonly why: string;
}

const SPARSE_MEMO =
  'Memo numbers of text go up to 2^32-1 here, as those of binary opcodes do: no pickler writes larger ones.';
const DIGITS = 'A limit of 4,300 digits is set by default, as in CPython; option maxIntDigits raises it.';
const FRAMES =
  'Frames are not needed to read a pickle; what older CPythons read across the end of one is read here too.';
const INERT_CALLS = 'What a callable takes is known only when it is known; an inert record is made of any.';

/**
 * Rows of `errors.jsonl` where CPythons disagree, and the answer is the older one's, not the one preferred there. Both are
 * allowed; that they are the same in all engines is tested.
 */
export const NOT_PREFERRED: Readonly<Record<string, KnownGap>> = {
  'op/INT/4301_digits': { since: '2026-11-24', why: DIGITS },
  'op/LONG/4301_digits': { since: '2026-11-24', why: DIGITS },
  'op/MEMO/put_2_32': { since: '2026-11-24', why: SPARSE_MEMO },
  'op/MEMO/put_2_63': { since: '2026-11-24', why: SPARSE_MEMO },
  'op/MEMO/put_10_30': { since: '2026-11-24', why: SPARSE_MEMO },
  'op/MEMO/put_max_ssize_/_2': { since: '2026-11-24', why: SPARSE_MEMO },
  'op/ISSUE/gh-144410_put_10_24': { since: '2026-11-24', why: SPARSE_MEMO },
  'op/OBJECT/newobj_of_an_instance': { since: '2026-11-24', why: INERT_CALLS },
  'op/OBJECT/newobj_ex_bytes_keys': { since: '2026-11-24', why: INERT_CALLS },
  'op/FRAME/nested_frame_then_more': { since: '2026-11-24', why: FRAMES },
};

/** Error codes that nothing gives yet. */
export const CODES_NOT_GIVEN: Readonly<Record<string, KnownGap>> = {};

/** Cases of `hostile/cases.tsv`. */
export const HOSTILE_GAPS: Readonly<Record<string, KnownGap>> = {
  memo_long_binput_2p32m1: {
    since: '2026-11-24',
    why: 'A memo number costs nothing here, however large: the memo is sparse. The vectors prefer the value, too.',
  },
  frame_straddle_line: {
    since: '2026-11-24',
    why: 'The vectors want no value but that of CPython 3.11, which loses what the frame holds of the line: it is refused.',
  },
  alone_stop_82: {
    since: '2026-11-24',
    why: 'The table wants offset 2, but the opcode stands at byte 0, and that is the offset that errors tell.',
  },
  alone_97: {
    since: '2026-11-24',
    why: 'The table wants offset 1, but the opcode stands at byte 0, and that is the offset that errors tell.',
  },
};

/** A case that takes longer than the second it should: `seconds` is what it is held to until then. */
export interface SlowGap extends KnownGap {
  readonly seconds: number;
}

/** Below this many milliseconds a slow case counts as mended; times vary too much for the bound itself to tell. */
export const MENDED_MILLISECONDS = 600;

/** Hostile cases by engine and name. */
export const SLOW_GAPS: Readonly<Record<string, Readonly<Record<string, SlowGap>>>> = {
  ts: {
    appends_1e7: {
      since: '2026-11-24',
      why: 'Ten million values lie on the stack, in the graph and in the list: 240 MB that are touched for the first time, 1.0 to 1.4 s where a fresh megabyte costs 3 ms.',
      seconds: 4,
    },
  },
};

/** A family of the corpora where some lines are not told as their semantic truth tells them. */
export interface SemanticGap extends KnownGap {
  /** How many lines, exactly. */
  readonly failing: number;
}

const NUMPY = 'The truth tells what is not in the pickle: the documentation of functions.';
const READ_ONLY =
  'The truth tells of an array that it was read-only when it was pickled, which these protocols do not say.';
const HINTS =
  'The truth tells of type hints all that Python has for the class they are of; here they are inert records.';
const PANDAS = 'The truth has a count of seconds where it says nanoseconds.';
const SET_AGAIN = 'The truth tells what a class sets anew when it is read: tables and functions that its code makes.';

const LAUGHS = 'One value is shared so many times over that nobody can tell it all, and the truth leaves it out.';

/** By corpus and family. */
export const SEMANTIC_GAPS: Readonly<Record<string, SemanticGap>> = {
  'made/numpy': { since: '2026-11-24', why: NUMPY, failing: 3 },
  'made/scipy': { since: '2026-11-24', why: SET_AGAIN, failing: 2 },
  'made/sklearn': { since: '2026-11-24', why: SET_AGAIN, failing: 4 },
  'made/stdlib': { since: '2026-11-24', why: HINTS, failing: 6 },
  'made-older/made-numpy': { since: '2026-11-24', why: READ_ONLY, failing: 2 },
  'real/hostile': { since: '2026-11-24', why: LAUGHS, failing: 1 },
  'real/pandas-legacy': { since: '2026-11-24', why: PANDAS, failing: 1 },
};
