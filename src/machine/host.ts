/**
 * The host: answers what a machine asks for, by the table in `src/graph/README.md`. Both engines ask the same host, so that
 * they agree on everything that is rare.
 */
import { BYTES_ENCODING, decodeBytes } from '../bytes/codecs.ts';
import { asciiEnd, latin1 } from '../bytes/latin1.ts';
import { parseUnicodeLine } from '../bytes/raw-unicode-escape.ts';
import { parseStringLine } from '../bytes/string-escapes.ts';
import { parseFloatLine } from '../bytes/text-float.ts';
import { parseIntLine, parseLongLine, parseMemoLine } from '../bytes/text-int.ts';
import { utf8 } from '../bytes/utf8.ts';
import type { Where } from '../bytes/where.ts';
import {
  CONST_ABSENT,
  CONST_FALSE,
  CONST_TRUE,
  SPECIAL_GLOBAL,
  SPECIAL_HOST,
  TAG_CONST,
  TAG_INT,
  TAG_SPECIAL,
} from '../spec/layout.ts';
import { opcodeName } from '../spec/opcode-name.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { isLongerThan, type ArgumentSource } from './argument-source.ts';
import { namesInLines, namesOnStack } from './global-names.ts';
import type { Machine } from './port.ts';

export type { ArgumentSource } from './argument-source.ts';

/** The globals that a pickle names. Applies fix_imports and the limit on their number. */
export interface GlobalTable {
  /** The index of the global. Module and name are as the pickle has them. */
  resolve(module: string, name: string, protocol: number, where: Where): number;
}

export interface HostContext {
  readonly options: ResolvedOptions;
  readonly globals: GlobalTable;
  /** The table of SPECIAL_HOST values, which the host adds to. */
  readonly values: unknown[];
}

const HI_INT = (TAG_INT << 16) >>> 0;
const HI_CONST = (TAG_CONST << 16) >>> 0;
const HI_HOST = ((TAG_SPECIAL << 16) | SPECIAL_HOST) >>> 0;
const HI_GLOBAL = ((TAG_SPECIAL << 16) | SPECIAL_GLOBAL) >>> 0;

/** An answer in the making: the slot, and where to go on. */
interface Answer {
  lo: number;
  hi: number;
  position: number;
}

export class Host {
  private readonly options: ResolvedOptions;
  private readonly globals: GlobalTable;
  private readonly values: unknown[];
  private readonly answered: Answer = { lo: 0, hi: 0, position: 0 };

  constructor(context: HostContext) {
    this.options = context.options;
    this.globals = context.globals;
    this.values = context.values;
  }

  /**
   * Answers the machine's request.
   * @returns false if the argument is not wholly here yet; then nothing has changed, and it can be called again
   * @throws PickleError with the place of the request's opcode
   */
  answer(machine: Machine, source: ArgumentSource): boolean {
    const where: Where = { offset: machine.opcodeOffset, opcode: machine.opcode };
    if (!this.read(machine, source, where)) {
      if (source.final) throw pickleError('TRUNCATED', where);
      return false;
    }
    const { lo, hi, position } = this.answered;
    machine.reply(lo, hi, position);
    return true;
  }

  /** Leaves the answer in `answered`, or returns false where bytes are missing. */
  private read(machine: Machine, source: ArgumentSource, where: Where): boolean {
    const name = opcodeName(where.opcode);
    switch (name) {
      case 'INT':
      case 'LONG':
      case 'FLOAT':
      case 'GET':
      case 'PUT':
      case 'STRING':
      case 'UNICODE': {
        const line = this.line(source, machine.argumentOffset, where);
        if (line === undefined) return false;
        this.setLine(name, line, where);
        return true;
      }
      case 'BINSTRING':
      case 'SHORT_BINSTRING':
      case 'BINUNICODE':
      case 'SHORT_BINUNICODE':
      case 'BINUNICODE8': {
        const length = machine.argumentLength;
        const bytes = source.slice(machine.argumentOffset, length);
        if (bytes === undefined) return false;
        this.checkString(length, where);
        const isPython2 = name === 'BINSTRING' || name === 'SHORT_BINSTRING';
        this.setValue(isPython2 ? this.python2(bytes, where) : utf8(bytes, true, where));
        this.answered.position = machine.argumentOffset + length;
        return true;
      }
      case 'PERSID':
        return this.persid(machine, source, where);
      case 'GLOBAL':
      case 'INST': {
        const limit = this.options.limits.maxGlobalNameBytes;
        const named = namesInLines(source, machine.argumentOffset, name === 'INST', limit, where);
        if (named === undefined) return false;
        this.setGlobal(named.module, named.name, machine, where);
        this.answered.position = named.behind;
        return true;
      }
      case 'STACK_GLOBAL': {
        const named = namesOnStack(machine, this.values, this.options.limits.maxGlobalNameBytes, where);
        this.setGlobal(named.module, named.name, machine, where);
        this.answered.position = where.offset + 1;
        return true;
      }
      case 'EXT1':
      case 'EXT2':
      case 'EXT4':
        this.extension(machine, where);
        this.answered.position = where.offset + 1 + (name === 'EXT1' ? 1 : name === 'EXT2' ? 2 : 4);
        return true;
      default:
        throw new Error(`the machine asked for the opcode ${where.opcode}, which is not the host's`);
    }
  }

  private setLine(name: string, line: Uint8Array, where: Where): void {
    switch (name) {
      case 'INT':
        this.setInt(parseIntLine(line, this.options.limits, where));
        break;
      case 'LONG':
        this.setInt(parseLongLine(line, this.options.limits, where));
        break;
      case 'FLOAT':
        parseFloatLine(line, this.answered, where);
        break;
      case 'STRING':
        this.setValue(this.python2(parseStringLine(line, where), where));
        break;
      case 'UNICODE':
        this.setValue(parseUnicodeLine(line, where));
        break;
      default:
        this.set(parseMemoLine(line, where), HI_INT);
    }
  }

  /**
   * The line at an offset, without its newline; undefined if it is not wholly here. Its end is the answer's position.
   * A line longer than maxStringBytes is refused as soon as so much of it is here, that a stream need not keep more.
   */
  private line(source: ArgumentSource, offset: number, where: Where): Uint8Array | undefined {
    const end = source.newline(offset);
    const limit = this.options.limits.maxStringBytes;
    if (end < 0) {
      if (isLongerThan(source, offset, limit)) this.checkString(limit + 1, where);
      return undefined;
    }
    this.checkString(end - offset, where);
    this.answered.position = end + 1;
    return source.slice(offset, end - offset);
  }

  private persid(machine: Machine, source: ArgumentSource, where: Where): boolean {
    const { persistentLoad, exact, globals } = this.options;
    const line = this.line(source, machine.argumentOffset, where);
    if (line === undefined && !source.final) return false;
    if (line !== undefined && asciiEnd(line) < line.length) throw pickleError('INVALID_PERSID', where);
    if (persistentLoad === undefined && !exact && globals !== 'inert') throw pickleError('NO_PERSISTENT_LOAD', where);
    if (line === undefined) return false;
    this.setValue(latin1(line, where));
    return true;
  }

  private extension(machine: Machine, where: Where): void {
    const { extensions, exact, globals } = this.options;
    const code = machine.argumentLength;
    const named = extensions.get(code);
    if (named !== undefined) this.setGlobal(named[0], named[1], machine, where);
    else if (exact || globals === 'inert') this.set(CONST_ABSENT, HI_CONST);
    else throw pickleError('UNKNOWN_EXTENSION', { ...where, detail: `The code is ${code}.` });
  }

  /** What a Python 2 str is under the options: bytes of its own, for the given ones may go away, or text. */
  private python2(bytes: Uint8Array, where: Where): string | Uint8Array {
    const { encoding, errors } = this.options;
    return encoding === BYTES_ENCODING ? bytes.slice() : decodeBytes(bytes, encoding, errors, where);
  }

  private checkString(length: number, where: Where): void {
    const limit = this.options.limits.maxStringBytes;
    if (length > limit) throw pickleError('LIMIT_STRING', { ...where, limit, actual: length });
  }

  private setInt(value: number | bigint | boolean): void {
    if (typeof value === 'boolean') this.set(value ? CONST_TRUE : CONST_FALSE, HI_CONST);
    else if (typeof value === 'number' && (value | 0) === value) this.set(value >>> 0, HI_INT);
    else this.setValue(BigInt(value));
  }

  private setGlobal(module: string, name: string, machine: Machine, where: Where): void {
    this.set(this.globals.resolve(module, name, machine.protocol, where), HI_GLOBAL);
  }

  private setValue(value: unknown): void {
    this.set(this.values.push(value) - 1, HI_HOST);
  }

  private set(lo: number, hi: number): void {
    this.answered.lo = lo;
    this.answered.hi = hi;
  }
}
