/**
 * Every error code: its number (machines speak numbers), its class, and a sentence that says what to do.
 * Codes are stable: they may be matched by programs. Sentences may change.
 */
export type ErrorClass = 'syntax' | 'machine' | 'policy' | 'limit';

export interface ErrorSpec {
  readonly number: number;
  readonly class: ErrorClass;
  /** Empty for containers' errors: theirs are in `container-errors.ts`. */
  readonly text: string;
}

const rows = {
  EMPTY_INPUT: [1, 'syntax', 'The input is empty. A pickle has at least two bytes; check how the file was read.'],
  TRUNCATED: [
    2,
    'syntax',
    'The input ends inside an argument. It was cut short, or a length in it is wrong: fetch it again.',
  ],
  MISSING_STOP: [3, 'syntax', 'The input ends before the STOP opcode. It was cut short: fetch it again.'],
  UNKNOWN_OPCODE: [4, 'syntax', 'This byte is no pickle opcode. The input is no pickle, or begins elsewhere.'],
  UNSUPPORTED_PROTOCOL: [
    5,
    'syntax',
    'Protocols 0 to 5 are known. Write the pickle again with a protocol of at most 5.',
  ],
  NEGATIVE_LENGTH: [6, 'syntax', 'A length is negative. The input is damaged.'],
  FRAME_TOO_LONG: [
    7,
    'syntax',
    'A frame says that it is longer than the input. The input was cut short: fetch it again.',
  ],
  FRAME_STRADDLE: [8, 'syntax', 'An argument goes on behind the end of its frame. The input is damaged.'],
  INVALID_TEXT_INT: [10, 'syntax', 'The text is no decimal integer. The input is damaged.'],
  INVALID_TEXT_FLOAT: [11, 'syntax', 'The text is no float. The input is damaged.'],
  INVALID_STRING_QUOTES: [12, 'syntax', 'A STRING must begin and end with the same quote. The input is damaged.'],
  INVALID_STRING_ESCAPE: [13, 'syntax', 'A STRING holds a broken backslash escape. The input is damaged.'],
  INVALID_UTF8: [
    14,
    'syntax',
    'The text is not valid UTF-8. The input is damaged, or was read as text: read it as bytes.',
  ],
  INVALID_UNICODE_ESCAPE: [15, 'syntax', 'A UNICODE line holds a broken \\u escape. The input is damaged.'],
  INVALID_PERSID: [16, 'syntax', 'A persistent id of protocol 0 must be ASCII. The input is damaged.'],
  UNDECODABLE_STRING: [
    17,
    'syntax',
    "A Python 2 str cannot be decoded. Say { encoding: 'latin1' } or { encoding: 'bytes' }.",
  ],
  UNKNOWN_ENCODING: [
    18,
    'policy',
    "The encoding or its error handler is not known here. Say { encoding: 'latin1' } or { encoding: 'bytes' }.",
  ],
  STACK_UNDERFLOW: [20, 'machine', 'The opcode needs more values than the stack has. The input is damaged.'],
  MARK_NOT_FOUND: [21, 'machine', 'The opcode needs a mark, and none is open. The input is damaged.'],
  UNEXPECTED_MARK: [22, 'machine', 'A mark stands where the opcode needs a value. The input is damaged.'],
  ODD_DICT_ITEMS: [23, 'machine', 'A dict was given a key without a value. The input is damaged.'],
  MEMO_MISSING: [
    24,
    'machine',
    'The memo has nothing under this number. The input is damaged, or an earlier pickle holds it: read with one shared memo.',
  ],
  INVALID_MEMO_INDEX: [25, 'machine', 'A memo number must be an integer from 0 to 2^32-1. The input is damaged.'],
  INVALID_OPERAND: [
    26,
    'machine',
    'The opcode was given a value of a kind that it does not take. The input is damaged.',
  ],
  UNHASHABLE_KEY: [27, 'machine', 'A dict key or set item is of a kind that Python cannot hash. The input is damaged.'],
  INVALID_EXT_CODE: [28, 'machine', 'An extension code must be above zero. The input is damaged.'],
  INVALID_STATE: [
    29,
    'machine',
    'An object was given a state, or arguments, that it does not take. Check the class that is registered for it.',
  ],
  UNREPRESENTABLE_KEY: [
    30,
    'machine',
    "A dict key has no place in a plain object. Say { dict: 'auto' } or { dict: 'map' }.",
  ],
  FORBIDDEN_GLOBAL: [
    40,
    'policy',
    "The pickle names a global that is not registered. Register it, or say { globals: 'inert' }.",
  ],
  NO_PERSISTENT_LOAD: [41, 'policy', 'The pickle holds a persistent id. Give the option persistentLoad.'],
  NO_BUFFER: [
    42,
    'policy',
    'The pickle needs more out-of-band buffers than were given. Give all of them in the option buffers, in order.',
  ],
  UNKNOWN_EXTENSION: [43, 'policy', 'The pickle holds an extension code. Give the option extensions.'],
  UNSUPPORTED_CONTAINER: [44, 'policy'],
  CONTAINER_TRUNCATED: [45, 'syntax'],
  CONTAINER_CORRUPT: [46, 'syntax'],
  CONTAINER_CHECKSUM: [47, 'syntax'],
  TRAILING_DATA: [48, 'syntax'],
  ZIP_OVERLAP: [49, 'syntax'],
  ZIP_SIZE_MISMATCH: [50, 'syntax'],
  ZIP_DUPLICATE_NAME: [51, 'syntax'],
  ZIP_BAD_OFFSET: [52, 'syntax'],
  INVALID_HEADER: [53, 'syntax'],
  LIMIT_INPUT: [60, 'limit', 'The input is larger than limits.maxInputBytes.'],
  LIMIT_ALLOC: [61, 'limit', 'Reading the input takes more memory than limits.maxAllocation.'],
  LIMIT_DEPTH: [62, 'limit', 'Values are nested deeper than limits.maxDepth.'],
  LIMIT_STACK: [63, 'limit', 'The stack holds more than limits.maxStack values, or more marks than limits.maxMarks.'],
  LIMIT_MEMO: [64, 'limit', 'The memo holds more than limits.maxMemoEntries entries.'],
  LIMIT_CONTAINER: [
    65,
    'limit',
    'A container holds more than limits.maxContainerItems items, or more than JavaScript can.',
  ],
  LIMIT_STRING: [66, 'limit', 'A string is longer than limits.maxStringBytes, or than JavaScript can hold.'],
  LIMIT_INT_BYTES: [67, 'limit', 'An integer has more bytes than limits.maxIntBytes.'],
  LIMIT_INT_DIGITS: [68, 'limit', 'An integer in text has more digits than limits.maxIntDigits.'],
  LIMIT_GLOBALS: [69, 'limit', 'The pickle names more globals than limits.maxGlobals.'],
  LIMIT_INFLATED: [70, 'limit'],
  LIMIT_CONTAINERS: [71, 'limit'],
  LIMIT_ZIP_ENTRIES: [72, 'limit'],
} as const satisfies Record<string, readonly [number: number, errorClass: ErrorClass, text?: string]>;

export type ErrorCode = keyof typeof rows;

/** All codes, by name. */
export const ERRORS: Readonly<Record<ErrorCode, ErrorSpec>> = /* @__PURE__ */ makeTable();

function makeTable(): Record<ErrorCode, ErrorSpec> {
  const entries = Object.entries(rows).map(([code, [number, errorClass, text = '']]) => {
    return [code, Object.freeze({ number, class: errorClass, text })];
  });
  return Object.freeze(Object.fromEntries(entries) as Record<ErrorCode, ErrorSpec>);
}

/** Whether a code is one of reading; those of writing and of JSON have tables of their own. */
export function isReadingCode(code: string): code is ErrorCode {
  return Object.hasOwn(rows, code);
}

/** The code that a machine's number stands for. */
export function errorCodeOf(number: number): ErrorCode {
  for (const code of Object.keys(rows) as ErrorCode[]) if (rows[code][0] === number) return code;
  throw new RangeError(`no error code has the number ${number}`);
}
