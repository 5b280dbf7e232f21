/** From a machine's error number to a PickleError that says what to do. */
import type { Machine, MachineSettings } from '../machine/port.ts';
import { errorCodeOf, isReadingCode, type ErrorCode } from '../spec/errors.ts';
import { opcodeCode, opcodeName } from '../spec/opcode-name.ts';
import { pickleError, PickleLimitError, type PickleError } from '../spec/pickle-error.ts';

/** The error that a machine has just stopped with. */
export function failureOf(machine: Machine, settings: MachineSettings): PickleError {
  const code = errorCodeOf(machine.errorNumber);
  const { opcode, opcodeOffset } = machine;
  return pickleError(code, {
    offset: opcodeOffset,
    opcode,
    detail: code === 'UNKNOWN_OPCODE' ? `The byte is ${nameOfByte(opcode)}.` : undefined,
    ...limitOf(code, machine, settings),
  });
}

function limitOf(code: ErrorCode, machine: Machine, settings: MachineSettings): { limit?: number; actual?: number } {
  const actual = machine.errorActual;
  switch (code) {
    case 'LIMIT_ALLOC':
      return { limit: settings.maxAllocation, actual };
    case 'LIMIT_STACK':
      return { limit: opcodeName(machine.opcode) === 'MARK' ? settings.maxMarks : settings.maxStack, actual };
    case 'LIMIT_MEMO':
      return { limit: settings.maxMemoEntries, actual };
    case 'LIMIT_CONTAINER':
      return { limit: settings.maxContainerItems, actual };
    case 'LIMIT_STRING':
      return { limit: settings.maxStringBytes, actual };
    case 'LIMIT_INT_BYTES':
      return { limit: settings.maxIntBytes, actual };
    default:
      return {};
  }
}

function nameOfByte(byte: number): string {
  const hex = `0x${byte.toString(16).padStart(2, '0')}`;
  return byte > 0x20 && byte < 0x7f ? `${hex} ("${String.fromCharCode(byte)}")` : hex;
}

/** Input of another format is refused soon: an error behind so many bytes is a pickle's own. */
const FOREIGN_BYTES = 32;
/** How much of a pickle's beginning `withHint` looks at. */
export const HEAD_BYTES = 512;

/** A sentence about bytes that are no pickle's, or undefined where they look like nothing known. */
type Describe = (head: Uint8Array) => string | undefined;

let describe: Describe | undefined;

/** Makes hints known. For the package's main module: a bundle of the core gives errors without. */
export function knowHints(describeForeign: Describe): void {
  describe = describeForeign;
}

/**
 * The same error, saying what else the input may be, where its first bytes are those of another format. Code and offset
 * stay: what the machine met there is true.
 * @param head the pickle's first HEAD_BYTES bytes, or as many as there are
 * @param start its absolute offset
 */
export function withHint(error: PickleError, head: Uint8Array, start: number): PickleError {
  if (error instanceof PickleLimitError || !isReadingCode(error.code)) return error;
  if (error.offset - start >= FOREIGN_BYTES) return error;
  const hint = describe?.(head);
  if (hint === undefined) return error;
  const opcode = error.opcode === null ? undefined : opcodeCode(error.opcode);
  return pickleError(error.code, { offset: error.offset, opcode, detail: hint, cause: error.cause });
}
