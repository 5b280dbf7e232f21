/**
 * What a stream has promised: the ends of its frames, of arguments, of payloads. In memory a promise that the input does
 * not keep is an error where it is made, before anything behind it is looked at. In a stream what lies behind is read
 * first, so no later error, and no value, counts until the input has come so far.
 */
import type { Machine } from '../machine/port.ts';
import { ERRORS, type ErrorCode } from '../spec/errors.ts';
import { pickleError, type PickleError } from '../spec/pickle-error.ts';
import { argumentWidth } from './needs.ts';

interface Claim {
  /** Absolute offset that the input must reach. */
  readonly end: number;
  readonly code: ErrorCode;
  /** Where the promise was made. */
  readonly offset: number;
  readonly opcode: number;
}

const FRAME = 0x95;

export class Claims {
  /** In the order in which they were made. */
  #open: Claim[] = [];
  #frameEnd = 0;

  clear(): void {
    this.#open = [];
    this.#frameEnd = 0;
  }

  /** Absolute offset that the input must reach for all that is promised. */
  get end(): number {
    return this.#open.reduce((end, claim) => Math.max(end, claim.end), 0);
  }

  /** Notes the frame that a run has found. What ends at or before `available`, the end of what has come, is kept. */
  noteFrame(machine: Machine, available: number): void {
    const { frameEnd } = machine;
    if (frameEnd <= this.#frameEnd) return;
    this.#frameEnd = frameEnd;
    this.#add({ end: frameEnd, code: 'FRAME_TOO_LONG', offset: machine.frameOffset, opcode: FRAME }, available);
  }

  /** Notes that the argument of the machine's opcode ends at `end`. */
  noteArgument(machine: Machine, end: number, available: number): void {
    this.#add({ end, code: 'TRUNCATED', offset: machine.opcodeOffset, opcode: machine.opcode }, available);
  }

  /** After an error: a limit may have been passed by an argument that is not there at all. */
  noteRefusedLength(machine: Machine, available: number): void {
    const { errorNumber, opcode } = machine;
    if (errorNumber !== ERRORS.LIMIT_STRING.number && errorNumber !== ERRORS.LIMIT_INT_BYTES.number) return;
    const width = argumentWidth(opcode);
    if (width > 0) this.noteArgument(machine, machine.opcodeOffset + 1 + width + machine.errorActual, available);
  }

  #add(claim: Claim, available: number): void {
    if (this.#open.length > 0) this.#open = this.#open.filter(({ end }) => end > available);
    if (claim.end > available) this.#open.push(claim);
  }

  /** The error of the first promise that an input of `byteLength` bytes does not keep. */
  broken(byteLength: number): PickleError | undefined {
    const claim = this.#open.find(({ end }) => end > byteLength);
    return claim && pickleError(claim.code, { offset: claim.offset, opcode: claim.opcode });
  }
}
