import { ERRORS, type ErrorClass, type ErrorCode } from './errors.ts';
import { opcodeName } from './opcode-name.ts';

/** Where and why a pickle was refused. */
export interface PickleErrorDetails {
  /** Absolute offset of the offending opcode's first byte. */
  readonly offset: number;
  /** The opcode's byte, where there is one. */
  readonly opcode?: number | undefined;
  /** A sentence about this very case, before the general one. */
  readonly detail?: string | undefined;
  /** For limits: the limit, and what was asked for. */
  readonly limit?: number | undefined;
  readonly actual?: number | undefined;
  readonly cause?: unknown;
}

/** The one family of errors that reading a pickle throws. Match on `code`, not on the text. */
export class PickleError extends Error {
  /** Stable; see `src/spec/errors.ts`. */
  readonly code: ErrorCode;
  /** Absolute offset of the offending opcode's first byte. */
  readonly offset: number;
  /** Name of the offending opcode, or null where the error is about no opcode. */
  readonly opcode: string | null;
  /** The sentence about this very case, with which the message begins, where there is one. */
  readonly detail: string | undefined;

  constructor(code: ErrorCode, details: PickleErrorDetails) {
    const name = details.opcode === undefined ? undefined : opcodeName(details.opcode);
    super(describe(code, details, name), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.offset = details.offset;
    this.opcode = name ?? null;
    this.detail = details.detail;
  }

  /** Written out, for minifiers rename classes. */
  override get name(): string {
    return 'PickleError';
  }
}

/** The bytes are not a pickle's. */
export class PickleSyntaxError extends PickleError {
  override get name(): string {
    return 'PickleSyntaxError';
  }
}
/** The opcodes do not fit together. */
export class PickleMachineError extends PickleError {
  override get name(): string {
    return 'PickleMachineError';
  }
}
/** The pickle asks for something that the caller did not allow or give. */
export class PicklePolicyError extends PickleError {
  override get name(): string {
    return 'PicklePolicyError';
  }
}
/** The pickle asks for more than a limit allows. */
export class PickleLimitError extends PickleError {
  readonly limit: number | undefined;
  readonly actual: number | undefined;

  constructor(code: ErrorCode, details: PickleErrorDetails) {
    super(code, details);
    this.limit = details.limit;
    this.actual = details.actual;
  }

  override get name(): string {
    return 'PickleLimitError';
  }
}

const classes: Record<ErrorClass, typeof PickleError> = {
  syntax: PickleSyntaxError,
  machine: PickleMachineError,
  policy: PicklePolicyError,
  limit: PickleLimitError,
};

/** Makes the error of a code, of the class that the code belongs to. */
export function pickleError(code: ErrorCode, details: PickleErrorDetails): PickleError {
  return new classes[ERRORS[code].class](code, details);
}

function describe(code: ErrorCode, details: PickleErrorDetails, opcode: string | undefined): string {
  const where = `at byte ${details.offset}` + (opcode === undefined ? '' : ` (${opcode})`);
  const limits = details.limit === undefined ? '' : ` The limit is ${details.limit}, asked for were ${details.actual}.`;
  const detail = details.detail === undefined ? '' : `${details.detail} `;
  return `${code} ${where}: ${detail}${ERRORS[code].text}${limits}`;
}
