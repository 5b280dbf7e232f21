/** Arrow's streams and files (its IPC format): a schema, and batches of rows. */
import { refuse } from '../../arrays/refuse.ts';
import { ArrowArray } from './array.ts';
import { fieldsOfSchema, type IpcField } from './ipc-schema.ts';
import { FlatTable } from './ipc-table.ts';
import type { ArrowType } from './type.ts';

export interface IpcBatch {
  readonly length: number;
  /** In the order of the fields. */
  readonly columns: readonly ArrowArray[];
}

export interface IpcStream {
  readonly fields: readonly IpcField[];
  readonly batches: readonly IpcBatch[];
}

/** What a file begins with; behind it and two bytes it is a stream. */
const FILE_MAGIC = 'ARROW1';
const FILE_HEAD = 8;

const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;

/**
 * All of a stream or file. Values lie in the bytes where their alignment allows it, else in copies.
 * @throws PickleError INVALID_STATE where it is damaged, compressed, or has types that are not read
 */
export function readIpc(bytes: Uint8Array): IpcStream {
  let fields: readonly IpcField[] | undefined;
  const encoded = new Map<bigint, IpcField>();
  const dictionaries = new Map<bigint, ArrowArray>();
  const batches: IpcBatch[] = [];
  for (const { kind, head, body, byteLength } of messagesOf(bytes)) {
    if (kind === SCHEMA) {
      if (fields !== undefined) refuse('An Arrow stream has two schemas.');
      fields = fieldsOfSchema(head, byteLength);
      noteDictionaries(fields, encoded);
      continue;
    }
    if (fields === undefined) refuse('An Arrow stream does not begin with its schema.');
    if (kind === DICTIONARY_BATCH) {
      if (head.u8(2) !== 0) refuse('A dictionary of an Arrow stream grows, which is not read.');
      const id = head.id(0);
      const field = encoded.get(id) ?? refuse('An Arrow stream has a dictionary of no field.');
      const batch = new BatchReader(head.table(1) ?? refuse('A dictionary of an Arrow stream is empty.'), body);
      dictionaries.set(id, batch.dictionary(field, dictionaries));
    } else if (kind === RECORD_BATCH) {
      const batch = new BatchReader(head, body);
      const columns = fields.map((field) => batch.array(field, dictionaries));
      if (columns.some(({ length }) => length !== batch.length)) refuse('Columns of an Arrow stream differ in length.');
      batches.push({ length: batch.length, columns });
    } else refuse(`Message ${kind} of an Arrow stream is not read.`);
  }
  if (fields === undefined) refuse('An Arrow stream has no schema.');
  return { fields, batches };
}

interface Message {
  readonly kind: number;
  readonly head: FlatTable;
  readonly body: Uint8Array;
  /** Of what tells the message, without its body. */
  readonly byteLength: number;
}

/** Messages up to the end that is told, or that of the bytes. */
function* messagesOf(bytes: Uint8Array): Generator<Message, void> {
  const parts = new Parts(bytes, isFile(bytes) ? FILE_HEAD : 0);
  while (!parts.atEnd) {
    let size = parts.i32();
    // Before version 0.15 of Arrow the size stood first.
    if (size === -1) size = parts.i32();
    if (size === 0) return;
    const message = FlatTable.rootOf(parts.take(size));
    const head = message.table(2) ?? refuse('A message of an Arrow stream is empty.');
    yield { kind: message.u8(1), head, body: parts.take(message.count(3)), byteLength: size };
  }
}

/** Bytes that are taken one after another. */
class Parts {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(count: number): Uint8Array {
    if (count < 0 || count > this.#bytes.length - this.#at) refuse('An Arrow stream ends within a message.');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  i32(): number {
    const bytes = this.take(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
  }
}

function isFile(bytes: Uint8Array): boolean {
  if (bytes.length < FILE_HEAD) return false;
  return [...FILE_MAGIC].every((char, i) => bytes[i] === char.charCodeAt(0));
}

/** Fields by the dictionaries that they are written with. Schemas are at most 64 levels deep. */
function noteDictionaries(fields: readonly IpcField[], encoded: Map<bigint, IpcField>): void {
  for (const field of fields) {
    if (field.dictionary !== undefined) encoded.set(field.dictionary, field);
    noteDictionaries(field.children, encoded);
  }
}

/** How many buffers an array of a layout has, beside those that views look into. */
const BUFFERS: Readonly<Record<string, number>> = {
  null: 0,
  bool: 2,
  number: 2,
  int128: 2,
  decimal: 2,
  fixed: 2,
  dictionary: 2,
  text: 3,
  bytes: 3,
  view: 2,
  list: 2,
  map: 2,
  fixed_list: 1,
  struct: 1,
};

type Dictionaries = ReadonlyMap<bigint, ArrowArray>;

/** Takes arrays from a batch, one after another, each before what lies within it. */
class BatchReader {
  readonly length: number;
  readonly #body: Uint8Array;
  readonly #nodes: Iterator<readonly [length: number, nulls: number]>;
  readonly #buffers: Iterator<readonly [at: number, length: number]>;
  /** How many buffers the views of each array look into. */
  readonly #views: Iterator<number>;
  /** Bytes that no array has taken: none is taken twice, or few would become many copies. */
  #left: number;

  constructor(table: FlatTable, body: Uint8Array) {
    if (table.has(3)) refuse('An Arrow stream is compressed, which is not read.');
    this.length = table.count(0);
    this.#body = body;
    this.#left = body.length;
    this.#nodes = table.pairs(1)[Symbol.iterator]();
    this.#buffers = table.pairs(2)[Symbol.iterator]();
    this.#views = table.counts(4)[Symbol.iterator]();
  }

  array(field: IpcField, dictionaries: Dictionaries): ArrowArray {
    const { type, dictionary } = field;
    if (dictionary === undefined) return this.#array(type, field.children, dictionaries, null);
    const values = dictionaries.get(dictionary) ?? refuse('A dictionary of an Arrow stream is missing.');
    return this.#array(type, [], dictionaries, values);
  }

  /** The values of a field that is written as a dictionary. */
  dictionary({ type, children }: IpcField, dictionaries: Dictionaries): ArrowArray {
    return this.#array(type.parts.value!, children, dictionaries, null);
  }

  #array(
    type: ArrowType,
    fields: readonly IpcField[],
    dictionaries: Dictionaries,
    dictionary: ArrowArray | null,
  ): ArrowArray {
    const { layout } = type;
    const [length, nulls] = next(this.#nodes);
    const buffers = Array.from({ length: BUFFERS[layout]! }, () => this.#buffer());
    if (layout === 'view') {
      // Each is taken before the next: a count is worth no more than the buffers that there are.
      for (let left = next(this.#views); left > 0; left--) buffers.push(this.#buffer());
    }
    if (layout !== 'null') {
      if (nulls === 0) buffers[0] = null;
      else if (buffers[0]?.length === 0) refuse('An Arrow array does not tell which values are missing.');
    }
    const children = fields.map((field) => this.array(field, dictionaries));
    return new ArrowArray({ type, length, offset: 0, buffers, children, dictionary });
  }

  #buffer(): Uint8Array | null {
    const [at, length] = next(this.#buffers);
    if (at > this.#body.length || length > this.#body.length - at) refuse('A buffer lies outside its Arrow batch.');
    if (length > this.#left) refuse('Buffers of an Arrow batch lie upon each other.');
    this.#left -= length;
    return this.#body.subarray(at, at + length);
  }
}

function next<Item>(items: Iterator<Item>): Item {
  const { done, value } = items.next();
  return done === true ? refuse('An Arrow batch has fewer arrays than its schema.') : value;
}
