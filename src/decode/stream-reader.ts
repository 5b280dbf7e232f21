/** Pickles from a stream: feeds a machine with chunks as they come, and keeps what the values will need of them. */
import type { EngineName } from '../machine/auto.ts';
import { STATUS_DONE, STATUS_ERROR, STATUS_REQUEST } from '../spec/layout.ts';
import { PickleError, pickleError } from '../spec/pickle-error.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { Claims } from './claims.ts';
import { failureOf, HEAD_BYTES, withHint } from './failure.ts';
import { NO_BYTES } from './memory-input.ts';
import { bytesNeeded } from './needs.ts';
import { StreamPayloads } from './payloads.ts';
import type { PickleReader } from './pickle-reader.ts';
import { endOf, type Session } from './session.ts';
import { checkInputBytes } from './settings.ts';
import { StreamWindow } from './window.ts';

/** A payload that wants at least so many bytes more is read into directly, where the source can. */
const MIN_DIRECT_BYTES = 2 ** 20;

export class StreamReader implements PickleReader {
  readonly #source: ByteSource;
  readonly #session: Session;
  readonly #window = new StreamWindow();
  readonly #payloads: StreamPayloads;
  readonly #claims = new Claims();
  /** Bytes that have come from the source. */
  #received = 0;
  /** Where the pickle begins, and its first bytes. */
  #begin = 0;
  readonly #head = new Uint8Array(HEAD_BYTES);
  #headBytes = 0;

  constructor(source: ByteSource, session: Session) {
    this.#source = source;
    this.#session = session;
    this.#payloads = new StreamPayloads(source.byteLength ?? 0);
  }

  get engine(): EngineName {
    return this.#session.machine.engine;
  }

  get position(): number {
    return this.#window.position;
  }

  get received(): number {
    return this.#received;
  }

  get byteLength(): number | undefined {
    return this.#source.byteLength;
  }

  async atEnd(): Promise<boolean> {
    const window = this.#window;
    while (window.start === window.end && !window.final) await this.#more();
    return window.start === window.end;
  }

  async next(fresh: boolean): Promise<unknown> {
    const session = this.#session;
    const { machine } = session;
    session.begin(fresh);
    if (fresh) this.#payloads.clear();
    this.#claims.clear();
    this.#begin = this.#window.position;
    this.#headBytes = 0;
    this.#noteHead(this.#window.bytes.subarray(this.#window.start, this.#window.end));
    try {
      await this.#run();
      this.#window.advance(machine.position);
      await this.#keepPromises(true);
      this.#window.advance(endOf(machine));
    } catch (error) {
      if (!(error instanceof PickleError) || error.code === 'LIMIT_INPUT') throw error;
      await this.#keepPromises(false);
      throw this.#explained(error);
    }
    return session.materialise(this.#payloads, machine.opcodeOffset);
  }

  async close(): Promise<void> {
    this.#session.close(this.#received);
    // What ended the reading is told; that a stream does not close as it should is not, on top of it.
    await this.#source.close().catch(() => undefined);
  }

  /** Runs the machine to STOP. */
  async #run(): Promise<void> {
    const { machine, host, settings } = this.#session;
    const window = this.#window;
    for (;;) {
      const status = machine.run(window.bytes, window.start, window.end, window.position, window.final);
      this.#payloads.keep(machine.graph, machine.lastPayload, window, machine.opcodeOffset);
      this.#claims.noteFrame(machine, window.available);
      if (status === STATUS_DONE) return;
      if (status === STATUS_ERROR) {
        this.#claims.noteRefusedLength(machine, window.available);
        throw failureOf(machine, settings);
      }
      if (status === STATUS_REQUEST) {
        while (!host.answer(machine, window)) await this.#more();
        window.advance(machine.position);
        continue;
      }
      const beyond = machine.position - window.available;
      if (beyond > 0) {
        this.#claims.noteArgument(machine, machine.position, window.available);
        window.skipTo(machine.position);
        await this.#passPayload();
      } else {
        window.advance(machine.position);
        const needed = bytesNeeded(window.bytes, window.start, window.end);
        if (window.final) throw new Error(`the machine stopped at ${machine.position}, before the end of the input`);
        do await this.#more();
        while (window.end - window.start < needed && !window.final);
      }
    }
  }

  /** Takes in the rest of the newest payload. */
  async #passPayload(): Promise<void> {
    const payloads = this.#payloads;
    while (payloads.missing > 0) {
      if (this.#source.readInto !== undefined && payloads.missing >= MIN_DIRECT_BYTES) {
        const byteLength = await this.#source.readInto(payloads.room());
        this.#receive(byteLength);
        if (byteLength === 0) this.#window.final = true;
        payloads.filled(byteLength);
      } else {
        const chunk = await this.#pull();
        const taken = payloads.add(chunk);
        if (taken < chunk.length) this.#window.append(chunk.subarray(taken));
      }
      if (this.#window.final) throw this.#claims.broken(this.#received);
    }
  }

  /**
   * Waits until the input has come as far as was promised.
   * @param keep whether what comes is wanted: it may hold the next pickle
   * @throws PickleError of the first promise that is not kept
   */
  async #keepPromises(keep: boolean): Promise<void> {
    const { maxAllocation } = this.#session.settings;
    const { end } = this.#claims;
    while (this.#received < end && !this.#window.final) {
      if (keep) {
        await this.#more();
        const held = this.#window.end - this.#window.start;
        if (held > maxAllocation) {
          const { machine } = this.#session;
          throw pickleError('LIMIT_ALLOC', { offset: machine.frameOffset, limit: maxAllocation, actual: held });
        }
      } else await this.#pull();
    }
    const error = this.#claims.broken(this.#received);
    if (error !== undefined) throw this.#explained(error);
  }

  /** Adds the next chunk to the window, or notes that there is none. */
  async #more(): Promise<void> {
    const chunk = await this.#pull();
    if (!this.#window.final) this.#window.append(chunk);
  }

  /** The next chunk; none, and the window final, at the end of the input. */
  async #pull(): Promise<Uint8Array> {
    const chunk = await this.#source.read();
    if (chunk === null) {
      this.#window.final = true;
      return NO_BYTES;
    }
    this.#receive(chunk.length);
    this.#noteHead(chunk);
    return chunk;
  }

  #receive(byteLength: number): void {
    this.#received += byteLength;
    checkInputBytes(this.#session.options, this.#received);
  }

  #noteHead(bytes: Uint8Array): void {
    if (this.#headBytes === HEAD_BYTES) return;
    const part = bytes.subarray(0, HEAD_BYTES - this.#headBytes);
    this.#head.set(part, this.#headBytes);
    this.#headBytes += part.length;
  }

  #explained(error: PickleError): PickleError {
    return withHint(error, this.#head.subarray(0, this.#headBytes), this.#begin);
  }
}
