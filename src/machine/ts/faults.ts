/** The numbers of the errors that a machine finds, as constants: the loop compares and returns plain integers. */
import { ERRORS } from '../../spec/errors.ts';

/** No error, but an argument that is not wholly inside the window: TRUNCATED if no more input comes. */
export const CUT = -1;
/** No error, but a question to the host. */
export const REQUEST = -2;
/** No error, but the end of the pickle. */
export const STOPPED = -3;

export const EMPTY_INPUT = ERRORS.EMPTY_INPUT.number;
export const TRUNCATED = ERRORS.TRUNCATED.number;
export const MISSING_STOP = ERRORS.MISSING_STOP.number;
export const UNKNOWN_OPCODE = ERRORS.UNKNOWN_OPCODE.number;
export const UNSUPPORTED_PROTOCOL = ERRORS.UNSUPPORTED_PROTOCOL.number;
export const NEGATIVE_LENGTH = ERRORS.NEGATIVE_LENGTH.number;
export const FRAME_TOO_LONG = ERRORS.FRAME_TOO_LONG.number;
export const FRAME_STRADDLE = ERRORS.FRAME_STRADDLE.number;
export const STACK_UNDERFLOW = ERRORS.STACK_UNDERFLOW.number;
export const MARK_NOT_FOUND = ERRORS.MARK_NOT_FOUND.number;
export const UNEXPECTED_MARK = ERRORS.UNEXPECTED_MARK.number;
export const ODD_DICT_ITEMS = ERRORS.ODD_DICT_ITEMS.number;
export const MEMO_MISSING = ERRORS.MEMO_MISSING.number;
export const INVALID_UTF8 = ERRORS.INVALID_UTF8.number;
export const INVALID_OPERAND = ERRORS.INVALID_OPERAND.number;
export const UNHASHABLE_KEY = ERRORS.UNHASHABLE_KEY.number;
export const INVALID_EXT_CODE = ERRORS.INVALID_EXT_CODE.number;
export const NO_PERSISTENT_LOAD = ERRORS.NO_PERSISTENT_LOAD.number;
export const NO_BUFFER = ERRORS.NO_BUFFER.number;
export const LIMIT_ALLOC = ERRORS.LIMIT_ALLOC.number;
export const LIMIT_STACK = ERRORS.LIMIT_STACK.number;
export const LIMIT_MEMO = ERRORS.LIMIT_MEMO.number;
export const LIMIT_CONTAINER = ERRORS.LIMIT_CONTAINER.number;
export const LIMIT_STRING = ERRORS.LIMIT_STRING.number;
export const LIMIT_INT_BYTES = ERRORS.LIMIT_INT_BYTES.number;
