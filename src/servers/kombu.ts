/** Messages of kombu, which Celery's are made of: what is around the body, and the body by its content type. */
import { asBytes, isBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { loads } from '../decode/loads.ts';
import { dumps } from '../encode/dumps.ts';
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { damaged, unsupported } from './refuse.ts';
import { unpackAsync } from './unpack.ts';
import { bytesOf, fromBase64, inflate, textOf, unbrotli } from './unwrap.ts';
import { brotli, deflate, toBase64, unwritable } from './wrap.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A message as a client gives it. Names as in the JSON that the Redis, SQS and file transports write (`content-type`), or
 * as in amqplib (`content`, `properties.contentType`, `properties.headers`).
 */
export interface KombuMessage {
  readonly body?: BytesLike | string;
  readonly content?: BytesLike;
  readonly headers?: Fields | null;
  readonly properties?: Fields | null;
  readonly 'content-type'?: string | null;
  readonly 'content-encoding'?: string | null;
}

export interface KombuOptions extends DecodeOptions {
  /** Decompressors by kombu's content type: `{ 'application/zstd': zstdDecompressSync }`. zlib and Brotli are built in. */
  readonly decompress?: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> | undefined;
}

export interface KombuDecoded {
  readonly body: unknown;
  readonly headers: Fields;
  readonly properties: Fields;
  readonly contentType: string;
}

export interface KombuEncodeOptions extends EncodeOptions {
  /** Kombu's name: 'gzip' (which is zlib) and 'brotli' are built in. */
  readonly compression?: string | undefined;
  /** Compressors by kombu's content type: `{ 'application/zstd': zstdCompressSync }`. */
  readonly compress?: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> | undefined;
  /** Headers and properties of the message, beside those that the form itself needs. */
  readonly headers?: Fields | undefined;
  readonly properties?: Fields | undefined;
  /** The queue that the message is for: its routing key. Default 'celery'. */
  readonly queue?: string | undefined;
}

/** A message as the Redis, SQS and file transports keep it: `JSON.stringify` of it is what they write. */
export interface KombuEncoded {
  readonly body: string;
  readonly 'content-encoding': 'binary';
  readonly 'content-type': 'application/x-python-serialize';
  readonly headers: Fields;
  readonly properties: Fields;
}

/** The same as AMQP carries it: the content, and options for `publish` of amqplib. */
export interface AmqpEncoded {
  readonly content: Uint8Array;
  readonly properties: {
    readonly contentType: 'application/x-python-serialize';
    readonly contentEncoding: 'binary';
    readonly headers: Fields;
  };
}

/** Kombu's short names of compressions. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['gzip', 'application/x-gzip'],
  ['zlib', 'application/x-gzip'],
  ['brotli', 'application/x-brotli'],
  ['bzip2', 'application/x-bz2'],
  ['bzip', 'application/x-bz2'],
  ['lzma', 'application/x-lzma'],
  ['xz', 'application/x-lzma'],
  ['zstd', 'application/zstd'],
  ['zstandard', 'application/zstd'],
]);

export const kombu = {
  /**
   * Reads a message.
   * @param message the message, or the JSON text that a transport keeps it as
   * @returns the body: of a pickle what `loads` gives, of JSON what JSON.parse gives, of text/plain a string, of binary data
   *   the bytes
   * @throws PickleError; offsets of an error in a pickle count in the body after Base64 and decompression
   */
  decode(message: KombuMessage | BytesLike | string, options?: KombuOptions): KombuDecoded {
    const opened = open(message);
    return finish(opened, decompressed(opened.packed, opened.compression, options), options);
  },

  /**
   * The same, for bodies that may be compressed with bzip2, xz or zstd too.
   * @throws (rejects with) what `decode` throws
   */
  async decodeAsync(message: KombuMessage | BytesLike | string, options?: KombuOptions): Promise<KombuDecoded> {
    const opened = open(message);
    const { packed, compression } = opened;
    const isGiven = options?.decompress !== undefined && Object.hasOwn(options.decompress, compression);
    const unpacked = isGiven ? undefined : await unpackAsync(compression, packed, options);
    return finish(opened, unpacked ?? decompressed(packed, compression, options), options);
  },

  /**
   * Writes a message with a pickled body, in the form that the Redis, SQS and file transports keep: push its JSON text to the
   * queue's list, as `lpush(queue, JSON.stringify(message))`.
   * @throws PicklingError, as where a compression is not known
   */
  encode(body: unknown, options: KombuEncodeOptions = {}): KombuEncoded {
    const { bytes, headers } = packBody(body, options);
    return {
      body: toBase64(bytes),
      'content-encoding': 'binary',
      'content-type': PICKLE,
      headers,
      properties: {
        delivery_mode: 2,
        delivery_info: { exchange: '', routing_key: options.queue ?? 'celery' },
        priority: 0,
        delivery_tag: crypto.randomUUID(),
        ...options.properties,
        body_encoding: 'base64',
      },
    };
  },

  /** The same as AMQP carries it. @throws what `encode` throws */
  encodeAmqp(body: unknown, options: KombuEncodeOptions = {}): AmqpEncoded {
    const { bytes, headers } = packBody(body, options);
    return { content: bytes, properties: { contentType: PICKLE, contentEncoding: 'binary', headers } };
  },
} as const;

const PICKLE = 'application/x-python-serialize';

/** The bytes of a body, and headers that tell how they are compressed. */
function packBody(body: unknown, options: KombuEncodeOptions): { bytes: Uint8Array; headers: Fields } {
  const { compression, compress, headers = {} } = options;
  // That of a message that was read: this one has its own.
  const others = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'compression'));
  const bytes = dumps(body, options);
  if (compression === undefined) return { bytes, headers: others };
  const name = ALIASES.get(compression) ?? compression;
  return { bytes: compressed(bytes, name, compress), headers: { ...others, compression: name } };
}

function compressed(bytes: Uint8Array, name: string, given: KombuEncodeOptions['compress']): Uint8Array {
  if (given !== undefined && Object.hasOwn(given, name)) return asBytes(given[name]!(bytes));
  if (name === 'application/x-gzip') return deflate(bytes);
  if (name === 'application/x-brotli') return brotli(bytes);
  throw unwritable(
    '$',
    `The compression ${name} is not built in: give the option compress, { '${name}': (data) => ... }.`,
  );
}

interface Opened extends Omit<KombuDecoded, 'body'> {
  readonly packed: Uint8Array;
  /** Kombu's content type of the compression; '' where there is none. */
  readonly compression: string;
}

function open(message: KombuMessage | BytesLike | string): Opened {
  const { body, content, ...around } = envelopeOf(message);
  const properties = fieldsOf(around.properties, 'properties');
  const headers = fieldsOf(around.headers ?? own(properties, 'headers'), 'headers');
  const contentType = String(
    around['content-type'] ?? own(properties, 'contentType') ?? own(properties, 'content_type') ?? 'application/data',
  );
  const encoded = body ?? content;
  if (encoded === undefined) throw unsupported('The message has no body.');
  const packed = decodeBody(encoded, own(properties, 'body_encoding'));
  const name = String(own(headers, 'compression') ?? '');
  return { packed, compression: ALIASES.get(name) ?? name, headers, properties, contentType };
}

function finish(opened: Opened, bytes: Uint8Array, options: KombuOptions | undefined): KombuDecoded {
  const { headers, properties, contentType } = opened;
  return { body: byType(bytes, contentType, options), headers, properties, contentType };
}

function envelopeOf(message: KombuMessage | BytesLike | string): KombuMessage {
  if (typeof message !== 'string' && !isBytes(message)) return message;
  let parsed: unknown;
  try {
    parsed = JSON.parse(textOf(message));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw damaged(
      `The message is no JSON text (${error.message}). Give a body in AMQP's form as { body, headers, ... }.`,
    );
  }
  const fields = fieldsOf(parsed, 'message');
  if (typeof own(fields, 'body') !== 'string') throw unsupported('The message has no body that is text.');
  return {
    body: fields['body'] as string,
    headers: own(fields, 'headers') as Fields,
    properties: own(fields, 'properties') as Fields,
    'content-type': own(fields, 'content-type') as string,
  };
}

function fieldsOf(value: unknown, what: string): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw unsupported(`The ${what} of the message is no object.`);
  return value as Fields;
}

/** Names come from the message: what every object has by birth is no field. */
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function decodeBody(body: BytesLike | string, encoding: unknown): Uint8Array {
  if (encoding === undefined || encoding === null) return bytesOf(body);
  if (encoding !== 'base64') throw unsupported(`The body encoding ${String(encoding)} is not known.`);
  return fromBase64(textOf(body));
}

function decompressed(bytes: Uint8Array, name: string, options: KombuOptions | undefined): Uint8Array {
  if (name === '') return bytes;
  const given = options?.decompress;
  if (given !== undefined && Object.hasOwn(given, name)) return asBytes(given[name]!(bytes));
  if (name === 'application/x-gzip') return inflate(bytes, options);
  if (name === 'application/x-brotli') return unbrotli(bytes, options);
  throw unsupported(
    `The compression ${name} is not built in, or is by decodeAsync only: give the option decompress, { '${name}': (data) => ... }.`,
  );
}

function byType(bytes: Uint8Array, contentType: string, options: DecodeOptions | undefined): unknown {
  switch (contentType) {
    case 'application/x-python-serialize':
      return loads(bytes, options);
    case 'application/json':
      try {
        return JSON.parse(textOf(bytes)) as unknown;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw damaged(`The body is no JSON text (${error.message}).`);
      }
    case 'text/plain':
      return textOf(bytes);
    case 'application/data':
    case 'application/octet-stream':
      return bytes;
    default:
      throw unsupported(`The content type ${contentType} is not read here.`);
  }
}
