/** What all that writes shares: the output, the memo, the stack, and how leaves are written. */
import { PicklingError } from '../spec/pickling-error.ts';
import type { PicklingCode } from '../spec/encode-errors.ts';
import { Frame, type FrameKind } from './frame.ts';
import type { Memo } from './memo.ts';
import { writeBigInt, writeNumber } from './numbers.ts';
import { Output } from './output.ts';
import { pathOf } from './path.ts';
import type { Settings } from './settings.ts';
import { writeText, writeTextLine } from './text.ts';

const NONE = 0x4e;
const NEWTRUE = 0x88;
const NEWFALSE = 0x89;
const MEMOIZE = 0x94;
const BINPUT = 0x71;
const LONG_BINPUT = 0x72;
const BINGET = 0x68;
const LONG_BINGET = 0x6a;
const SHORT_BINBYTES = 0x43;
const BINBYTES = 0x42;
const BINBYTES8 = 0x8e;
const BYTEARRAY8 = 0x96;
const MAX_UINT32 = 0xffffffff;

/** From this depth on it is looked whether a value is open already: a cycle comes by here sooner or later. */
const DEEP = 50;
/** As many levels as no honest value has. */
const MAX_DEPTH = 1 << 23;
/**
 * How often a tuple, or an object in its own arguments, may be open at once. Each time it is entered again, a list or so
 * between was new: where there is none, it goes on for ever.
 */
const MAX_OPEN = 10_000;

/** What a frame holds that is not in use: nothing of the value. */
const NOTHING: readonly unknown[] = [];

/** Strs that every CPython has as one object, however they come about. */
const isSingleton = (text: string): boolean => text.length === 0 || (text.length === 1 && text.charCodeAt(0) <= 0xff);

export abstract class Writer {
  readonly memo: Memo;
  settings!: Settings;
  protocol = 0;
  /** Whether objects that are met again are referred to. */
  refs = true;
  readonly out = new Output();
  /** Frames up to `depth` are in use. */
  readonly frames: Frame[] = [];
  depth = -1;
  /** How often values are open, where that is noted. */
  #open: Map<object, number> | undefined;

  constructor(settings: Settings, memo: Memo) {
    this.memo = memo;
    this.set(settings);
  }

  /** What the next pickle is written by. */
  set(settings: Settings): void {
    this.settings = settings;
    this.protocol = settings.protocol;
    this.refs = settings.refs;
  }

  /**
   * Writes a value, or begins to: then a frame is pushed that writes the rest.
   * @returns whether it is written
   * @throws PicklingError where Python has nothing like it
   */
  abstract put(value: unknown): boolean;

  /** A value that is not asked for its persistent id. */
  abstract putValue(value: unknown): boolean;

  /** A str that is a dict's key. */
  abstract putKey(text: string): boolean;

  /** A str that is the name of a property: a dict's key or an attribute's name. */
  abstract putName(name: string): boolean;

  none(): true {
    this.out.bytes[this.out.pos++] = NONE;
    return true;
  }

  boolean(value: boolean): true {
    const { out } = this;
    if (this.protocol < 2) out.ascii(value ? 'I01\n' : 'I00\n');
    else out.bytes[out.pos++] = value ? NEWTRUE : NEWFALSE;
    return true;
  }

  number(value: number): true {
    writeNumber(this.out, value, this.protocol);
    return true;
  }

  bigint(value: bigint): true {
    if (!writeBigInt(this.out, value, this.protocol)) throw this.error('TOO_LARGE');
    return true;
  }

  /** A str that may be met again: by the option memoStrings. */
  string(text: string): true {
    return this.settings.memoStrings === 'all' ? this.knownString(text) : this.newString(text);
  }

  /** A key of a dict. */
  key(text: string): true {
    return this.settings.memoStrings === 'none' ? this.newString(text) : this.knownString(text);
  }

  /** The name of a property: a dict's key or an attribute's name. */
  name(text: string): true {
    const isKnown = this.refs && this.settings.memoStrings !== 'none';
    const index = isKnown ? this.memo.meetName(text) : undefined;
    return index === undefined ? this.#write(text) : this.get(index);
  }

  /** A str that is written once: what Python has as one object. */
  knownString(text: string): true {
    const index = this.refs ? this.memo.meetString(text) : undefined;
    return index === undefined ? this.#write(text) : this.get(index);
  }

  /** As a value of its own: a module's name, which Python has as one object, or a global's, which is seldom one. */
  saveString(text: string, isKnown: boolean): void {
    const { out } = this;
    if (out.pos >= out.limit) out.boundary();
    if (isKnown) this.knownString(text);
    else this.newString(text);
  }

  /** A str that nothing is known to be the same as, unless it is so short that there is only one. */
  newString(text: string): true {
    if (isSingleton(text) && this.settings.memoStrings !== 'none') return this.knownString(text);
    return this.#write(text);
  }

  #write(text: string): true {
    this.text(text);
    if (this.refs) this.memoizeNext();
    return true;
  }

  private text(text: string): void {
    if (this.protocol === 0) writeTextLine(this.out, text);
    else if (!writeText(this.out, text, this.protocol)) throw this.error('TOO_LARGE');
  }

  /** bytes, in protocols 3 to 5. */
  bytes(bytes: Uint8Array): void {
    const { length } = bytes;
    const { out } = this;
    out.beginPayload(length);
    if (length < 0x100) {
      out.bytes[out.pos++] = SHORT_BINBYTES;
      out.bytes[out.pos++] = length;
    } else if (length <= MAX_UINT32) {
      out.bytes[out.pos] = BINBYTES;
      out.view.setUint32(out.pos + 1, length, true);
      out.pos += 5;
    } else {
      if (this.protocol < 4) throw this.error('TOO_LARGE');
      this.#header8(BINBYTES8, length);
    }
    out.payload(bytes);
  }

  /** A bytearray, in protocol 5. */
  byteArray(bytes: Uint8Array): void {
    this.out.beginPayload(bytes.length);
    this.#header8(BYTEARRAY8, bytes.length);
    this.out.payload(bytes);
  }

  #header8(opcode: number, length: number): void {
    const { out } = this;
    out.bytes[out.pos] = opcode;
    out.view.setBigUint64(out.pos + 1, BigInt(length), true);
    out.pos += 9;
  }

  /** Keeps what was written last under the next number, with the object that it is. */
  memoize(object: object): void {
    if (!this.refs) return;
    this.memo.meet(object);
    this.memoizeNext();
  }

  /**
   * Refers to an object that was written before. One that was not is to be kept under the next number: `memoizeNew`.
   * @param object null: it has no identity
   * @returns whether it was
   */
  refer(object: object | null): boolean {
    if (!this.refs || object === null) return false;
    const index = this.memo.meet(object);
    return index !== undefined && this.get(index);
  }

  /** Keeps what was written last under the next number. */
  memoizeNew(): void {
    if (this.refs) this.memoizeNext();
  }

  /** PUT, BINPUT, LONG_BINPUT or MEMOIZE of the next number. */
  memoizeNext(): void {
    const { out } = this;
    const index = this.memo.count++;
    if (this.protocol >= 4) return out.byte(MEMOIZE);
    if (this.protocol === 0) return out.ascii(`p${index}\n`);
    this.#numbered(BINPUT, LONG_BINPUT, index);
  }

  /** GET, BINGET or LONG_BINGET. */
  get(index: number): true {
    if (this.protocol === 0) this.out.ascii(`g${index}\n`);
    else this.#numbered(BINGET, LONG_BINGET, index);
    return true;
  }

  #numbered(short: number, long: number, index: number): void {
    const { out } = this;
    if (out.pos > out.room) out.makeRoom(0);
    if (index < 0x100) {
      out.bytes[out.pos++] = short;
      out.bytes[out.pos++] = index;
      return;
    }
    if (index > MAX_UINT32) throw this.error('TOO_LARGE', 'The memo has more than 2^32 entries.');
    out.bytes[out.pos] = long;
    out.view.setUint32(out.pos + 1, index, true);
    out.pos += 5;
  }

  /**
   * Opens a level of the stack.
   * @param isOpenInMemo whether the value is in the memo while it is open, so that it is not entered again
   */
  push(kind: FrameKind, value: object | null, isOpenInMemo: boolean): Frame {
    const depth = ++this.depth;
    const frame = (this.frames[depth] ??= new Frame());
    frame.kind = kind;
    frame.value = value;
    frame.isNoted = false;
    if (depth > DEEP) this.#deepen(frame, isOpenInMemo);
    return frame;
  }

  /** Closes what is open, after an error. */
  unwind(): void {
    while (this.depth >= 0) this.pop();
  }

  pop(): void {
    const frame = this.frames[this.depth--]!;
    if (frame.isNoted) {
      const count = this.#open!.get(frame.value!)!;
      if (count > 1) this.#open!.set(frame.value!, count - 1);
      else this.#open!.delete(frame.value!);
    }
    frame.value = null;
    frame.source = null;
    frame.items = NOTHING;
  }

  #deepen(frame: Frame, isOpenInMemo: boolean): void {
    const { refs } = this;
    const { value } = frame;
    if (this.depth > MAX_DEPTH) throw this.error('TOO_DEEP');
    if (value === null || (isOpenInMemo && refs)) return;
    const open = (this.#open ??= new Map());
    const count = open.get(value) ?? 0;
    if (count >= (refs ? MAX_OPEN : 1)) throw this.error('CYCLE');
    open.set(value, count + 1);
    frame.isNoted = true;
  }

  /** @param detail a sentence about this very case */
  error(code: PicklingCode, detail?: string, cause?: unknown): PicklingError {
    return new PicklingError(code, pathOf(this.frames, this.depth), detail, cause);
  }
}
