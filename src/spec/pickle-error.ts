import type { PicklingCode } from './encode-errors.ts';
import { ERRORS, type ErrorClass, type ErrorCode } from './errors.ts';
import type { JsonCode } from './json-errors.ts';
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
  /** Of codes that are no decoder's: where it is, in place of the offset, and the sentence. */
  readonly where?: string | undefined;
  readonly text?: string | undefined;
}

/** The one family of errors that reading and writing a pickle throws. Match on `code`, not on the text. */
export class PickleError extends Error {
  /** Stable; see `src/spec/errors.ts`, `src/spec/encode-errors.ts` for those of writing, and `src/spec/json-errors.ts`. */
  readonly code: ErrorCode | PicklingCode | JsonCode;
  /** Absolute offset of the offending opcode's first byte; -1 for those of writing. */
  readonly offset: number;
  /** Name of the offending opcode, or null where the error is about no opcode. */
  readonly opcode: string | null;
  /** The sentence about this very case, with which the message begins, where there is one. */
  readonly detail: string | undefined;

  constructor(code: ErrorCode | PicklingCode | JsonCode, details: PickleErrorDetails) {
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

let moreTexts: Readonly<Partial<Record<string, string>>> = {};

/** Makes known sentences that the core has not. For the package's entry modules; without them, `detail` alone is told. */
export function knowTexts(texts: Readonly<Partial<Record<string, string>>>): void {
  moreTexts = texts;
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

function describe(code: string, details: PickleErrorDetails, opcode: string | undefined): string {
  const where = details.where ?? `at byte ${details.offset}` + (opcode === undefined ? '' : ` (${opcode})`);
  const limits = details.limit === undefined ? '' : ` The limit is ${details.limit}, asked for were ${details.actual}.`;
  const detail = details.detail === undefined ? '' : `${details.detail} `;
  return `${code} ${where}: ${detail}${details.text ?? moreTexts[code] ?? ERRORS[code as ErrorCode].text}${limits}`;
}
