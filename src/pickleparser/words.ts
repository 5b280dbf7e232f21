/** Errors that say what pickleparser says, beside what they say themselves. */
import { opcodeCode } from '../spec/opcode-name.ts';
import { pickleError, PickleError } from '../spec/pickle-error.ts';

/**
 * The error with pickleparser's sentence at the beginning of its own, for programs that look for that.
 * @param hasBuffers whether the option `buffers` is given
 */
export function inTheirWords(error: unknown, bytes: Uint8Array, hasBuffers: boolean): unknown {
  if (!(error instanceof PickleError)) return error;
  const { code, offset } = error;
  switch (code) {
    case 'EMPTY_INPUT':
    case 'MISSING_STOP':
    case 'TRUNCATED':
      return saying(error, code, 'Unexpected end of file.');
    case 'UNKNOWN_OPCODE':
      return saying(error, code, `Unsupported opcode '${bytes[offset]}'.`);
    case 'UNSUPPORTED_PROTOCOL':
      return saying(error, code, `Unsupported protocol version '${bytes[offset + 1]}'.`);
    case 'INVALID_STRING_QUOTES':
      return saying(error, code, 'Insecure string pickle.');
    case 'NO_BUFFER':
      return saying(error, code, hasBuffers ? NOT_ENOUGH : NO_BUFFERS);
    case 'UNREPRESENTABLE_KEY':
      return saying(error, code, "Say unpicklingTypeOfDictionary: 'Map', which takes keys of any kind.");
    default:
      return error;
  }
}

const NOT_ENOUGH = 'not enough out-of-band buffers.';
const NO_BUFFERS = 'pickle stream refers to out-of-band data but no *buffers* argument was given.';

function saying(error: PickleError, code: Parameters<typeof pickleError>[0], words: string): PickleError {
  const { offset, opcode, detail, cause } = error;
  return pickleError(code, {
    offset,
    opcode: opcode === null ? undefined : opcodeCode(opcode),
    detail: detail === undefined ? words : `${words} ${detail}`,
    cause,
  });
}
