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

/** Lines of a family of the corpora that are not told as their truth tells them, but in stated places alone. */
export interface SemanticGap extends KnownGap {
  /** The lines, by the names of their files. */
  readonly lines: readonly string[];
  /** The places of each where it differs, exactly; all else of it is compared. Or what it fails with. */
  readonly at: readonly string[];
}

/** By corpus and family. */
export const SEMANTIC_GAPS: Readonly<Record<string, SemanticGap>> = {
  'made/numpy': {
    since: '2026-11-24',
    why: 'The documentation of functions: the pickle has their names alone, and the text is in no part of numpy that a decoder could know of every version.',
    lines: ['numpy/functions.p2.pkl', 'numpy/functions.p4.pkl', 'numpy/functions.p5.pkl'],
    at: [2, 3, 6].map((i) => `$[${i}].attrs[3][1]`),
  },
  'made/scipy': {
    since: '2026-11-24',
    why: 'Four functions and three methods that the class makes anew by running the Python code in `_parse_arg_template`, which is told. The 13 attributes that are pickled are as they should be.',
    lines: ['scipy/frozen_distribution.p4.pkl', 'scipy/frozen_distribution.p5.pkl'],
    at: ['$.attrs[2][1].attrs.length'],
  },
  'made/stdlib': {
    since: '2026-11-24',
    why: 'Hints are PyTypeHints; but the truth has the methods of list, dict and tuple as attributes of `list[int]`, `dict[...]` and `tuple[...]`, for Python hands them on from the class. None is in the pickle.',
    lines: [0, 1, 2, 3, 4, 5].map((protocol) => `stdlib/type_hints.p${protocol}.pkl`),
    at: ['$[0].attrs', '$[1].attrs', '$[3].attrs'],
  },
  'made-older/made-numpy': {
    since: '2026-11-24',
    why: 'That an array was read-only is told by protocol 5 alone. numpy reads these, of protocol 2, as writeable, too.',
    lines: ['made-numpy/nd_readonly_np1_p2.pickle', 'made-numpy/nd_readonly_np2_p2.pickle'],
    at: ['$.readonly'],
  },
  'real/hostile': {
    since: '2026-11-24',
    why: 'A dict that shares lists 8^9 times over, which nobody can tell whole; the truth, which calls nothing, has it empty.',
    lines: ['hostile/globalLaughs.pt'],
    at: ['Error: more than 500000 values are told'],
  },
  'real/pandas-legacy': {
    since: '2026-11-24',
    why: 'The truth is what pandas 1.5 made of a pickle of 2.0: it knows no units but nanoseconds, so it has 1970-01-01 00:00:01.26 where the pickle says 2010, and no int32 index, nor one that is of no class of its own.',
    lines: ['pandas-legacy/pandas_tests_io_data_legacy_pickle_2.0.3_2.0.3_AMD64_windows_3.11.12.pickle'],
    at: [
      '$.dict[0][1].dict[2][1].values[2].ns',
      '$.dict[0][1].dict[4][1].index.levels[0].class',
      '$.dict[0][1].dict[4][1].index.levels[1].class',
      '$.dict[1][1].dict[7][1].data[4].values[2].ns',
      '$.dict[2][1].dict[0][1].class',
      '$.dict[2][1].dict[0][1].dtype',
      '$.dict[2][1].dict[0][1].data.dtype',
      '$.dict[2][1].dict[0][1].data.sha256',
      '$.dict[2][1].dict[3][1].class',
      '$.dict[2][1].dict[4][1].class',
      '$.dict[3][1].dict[0][1].ns',
      '$.dict[7][1].dict[1][1].categories.class',
      '$.dict[7][1].dict[1][1].categories.dtype',
      '$.dict[7][1].dict[1][1].categories.data.dtype',
      '$.dict[7][1].dict[1][1].categories.data.sha256',
      '$.dict[7][1].dict[2][1].categories.class',
      '$.dict[7][1].dict[2][1].categories.dtype',
      '$.dict[7][1].dict[2][1].categories.data.dtype',
      '$.dict[7][1].dict[2][1].categories.data.sha256',
      '$.dict[8][1].dict[0][1].ns',
      '$.dict[8][1].dict[2][1].ns',
    ],
  },
};

const MET_AGAIN =
  'A pickler writes a persistent id or an out-of-band buffer each time that it meets the object, and memoes none: so do we. Only a pickle made by hand tells that two of them are one.';
const NO_INT_MADE = 'int.__new__ with no keyword arguments is the int 0, which tells itself; no pickler writes it so.';

/** Pickles whose value is not written again as the same one, by their ids in test/encode/roundtrip-readings.ts. */
export const NOT_WRITTEN_AGAIN: Readonly<Record<string, KnownGap>> = {
  'op/PERSID/persid_memo': { since: '2026-11-29', why: MET_AGAIN },
  'op/BUFFER/memo': { since: '2026-11-29', why: MET_AGAIN },
  'real/fuzz-ogrek/fuzz_corpus_188939e51369ea5e305b7017ecea1863fa5ea778-10#0': { since: '2026-11-29', why: MET_AGAIN },
  'real/fuzz-ogrek/fuzz_corpus_b3c4a9910fdd6ebb5f44bc0035054c61db99128b-9#0': { since: '2026-11-29', why: MET_AGAIN },
  'pt/bad_newobj_ex': { since: '2026-11-29', why: NO_INT_MADE },
  'real/cpython-inline/pickletester_L1342.pickle#0': { since: '2026-11-29', why: NO_INT_MADE },
};

/** What is wrong with a pickle written again, unless that is known: test/cpython/roundtrip.test.ts tells when it ends. */
export const unlessKnown = (id: string, problem: string | null): string | null =>
  NOT_WRITTEN_AGAIN[id] === undefined ? problem : null;
