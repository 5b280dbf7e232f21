/** Jobs of rq: a Redis hash each. */
import { setOwn } from '../values/dicts.ts';
import type { BytesLike } from '../bytes/bytes-like.ts';
import { loads } from '../decode/loads.ts';
import { dumps } from '../encode/dumps.ts';
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { PyTuple } from '../values/py.ts';
import { dictOf, itemsOf, type Dict } from './fields.ts';
import { unsupported } from './refuse.ts';
import { bytesOf, fromBase64, inflate, textOf } from './unwrap.ts';
import { deflate, toBase64, unwritable, utf8 } from './wrap.ts';

/** The fields of a hash or of a stream's entry, as bytes: of ioredis `hgetallBuffer`. */
export type RedisFields = Readonly<Record<string, BytesLike | string>> | ReadonlyMap<string, BytesLike | string>;

export interface RqJob {
  /** The dotted name of the function, or of the method of `instance`. */
  readonly func: string;
  readonly instance: unknown;
  readonly args: readonly unknown[];
  readonly kwargs: Dict;
  /** What the job returned, where the hash keeps it; undefined where it does not. */
  readonly result: unknown;
  /** The job's own notes: `job.meta`. */
  readonly meta: Dict;
  /** The traceback of a job that failed. */
  readonly excInfo: string | undefined;
  /** All other fields, by rq's names: created_at, enqueued_at, origin, status, timeout ... */
  readonly text: Readonly<Record<string, string>>;
}

export interface RqResult {
  readonly type: 'successful' | 'failed' | 'stopped' | 'retried' | 'max_retries_exceeded';
  readonly returnValue: unknown;
  readonly excString: string | undefined;
  /** All other fields, by rq's names: worker_name, execution_id ... */
  readonly text: Readonly<Record<string, string>>;
}

/** A job to be written: what `decodeJob` gives will do. */
export interface RqCall extends Partial<Omit<RqJob, 'func'>> {
  readonly func: string;
}

const ZLIB = 0x78;
/** Fields that are no text. */
const OWN_FORM: ReadonlySet<string> = new Set(['data', 'result', 'meta', 'exc_info', 'return_value', 'exc_string']);
const RESULT_TYPES: ReadonlyMap<string, RqResult['type']> = new Map([
  ['1', 'successful'],
  ['2', 'failed'],
  ['3', 'stopped'],
  ['4', 'retried'],
  ['5', 'max_retries_exceeded'],
]);

export const rq = {
  /**
   * Reads the hash `rq:job:<id>`, of a worker with the pickle serializer.
   * @throws PickleError; offsets count in the field's bytes after decompression
   */
  decodeJob(hash: RedisFields, options?: DecodeOptions): RqJob {
    const fields = mapOf(hash);
    const data = fields.get('data');
    if (data === undefined) throw unsupported('The hash has no field data: it is no job, or was deleted.');
    const call = itemsOf(loads(unzipped(bytesOf(data), options), options), 'data');
    const [func, instance, args, kwargs] = call;
    if (call.length !== 4 || typeof func !== 'string')
      throw unsupported('data is no (function, instance, args, kwargs).');
    const [result, meta, trace] = ['result', 'meta', 'exc_info'].map((name) => filled(fields.get(name)));
    return {
      func,
      instance,
      args: itemsOf(args, 'args'),
      kwargs: dictOf(kwargs, 'kwargs'),
      result: result === undefined ? undefined : loads(result, options),
      meta: meta === undefined ? {} : dictOf(loads(meta, options), 'meta'),
      excInfo: trace === undefined ? undefined : textOf(unzipped(trace, options)),
      text: textFields(fields),
    };
  },

  /**
   * Reads an entry of the stream `rq:results:<id>`, where rq keeps results since 1.12.
   * @throws PickleError; offsets count in the field's bytes after Base64
   */
  decodeResult(entry: RedisFields, options?: DecodeOptions): RqResult {
    const fields = mapOf(entry);
    const type = RESULT_TYPES.get(textOf(fields.get('type') ?? ''));
    if (type === undefined) throw unsupported('The entry has no type from 1 to 5: it is no result.');
    const [value, trace] = ['return_value', 'exc_string'].map((name) => filled(fields.get(name)));
    return {
      type,
      returnValue: value === undefined ? undefined : loads(fromBase64(textOf(value)), options),
      excString: trace === undefined ? undefined : textOf(inflate(fromBase64(textOf(trace)), options)),
      text: textFields(fields),
    };
  },

  /**
   * The fields of the hash `rq:job:<id>`, for `hset`: `data`, and what else is given. rq itself wants more text fields, such
   * as created_at, origin, status and timeout, and the id in the list `rq:queue:<origin>`.
   * @throws PicklingError
   */
  encodeJob(call: RqCall, options?: EncodeOptions): Record<string, Uint8Array | string> {
    const { func, instance = null, args = [], kwargs = {}, result, meta, excInfo, text = {} } = call;
    const pickled = (value: unknown): Uint8Array => dumps(value, { protocol: 5, ...options });
    const fields: Record<string, Uint8Array | string> = {};
    for (const [name, value] of Object.entries(text)) if (!OWN_FORM.has(name)) setOwn(fields, name, value);
    fields['data'] = deflate(pickled(PyTuple.from([func, instance, PyTuple.from(args), kwargs])));
    if (result !== undefined) fields['result'] = pickled(result);
    if (meta !== undefined) fields['meta'] = pickled(meta);
    if (excInfo !== undefined) fields['exc_info'] = deflate(utf8(excInfo));
    return fields;
  },

  /**
   * The fields of an entry of the stream `rq:results:<id>`, for `xadd`.
   * @throws PicklingError
   */
  encodeResult(result: Partial<RqResult> & Pick<RqResult, 'type'>, options?: EncodeOptions): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const [name, value] of Object.entries(result.text ?? {})) if (!OWN_FORM.has(name)) setOwn(fields, name, value);
    for (const [number, type] of RESULT_TYPES) if (type === result.type) fields['type'] = number;
    if (fields['type'] === undefined) throw unwritable('$.type', 'There is no such type of result.');
    const { returnValue, excString } = result;
    if (returnValue !== undefined) fields['return_value'] = toBase64(dumps(returnValue, { protocol: 5, ...options }));
    if (excString !== undefined) fields['exc_string'] = toBase64(deflate(utf8(excString)));
    return fields;
  },
} as const;

function mapOf(fields: RedisFields): ReadonlyMap<string, BytesLike | string> {
  return fields instanceof Map ? fields : new Map(Object.entries(fields));
}

function textFields(fields: ReadonlyMap<string, BytesLike | string>): Record<string, string> {
  const text: Record<string, string> = {};
  for (const [name, value] of fields) if (!OWN_FORM.has(name)) setOwn(text, name, textOf(value));
  return text;
}

/** Bytes of a field that is there and not empty. */
function filled(value: BytesLike | string | undefined): Uint8Array | undefined {
  const bytes = value === undefined ? undefined : bytesOf(value);
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
}

/** Old versions did not compress. No pickle, and hardly a traceback, begins as zlib data does. */
function unzipped(bytes: Uint8Array, options: DecodeOptions | undefined): Uint8Array {
  const isZlib = bytes.length >= 2 && bytes[0] === ZLIB && (ZLIB * 256 + bytes[1]!) % 31 === 0;
  return isZlib ? inflate(bytes, options) : bytes;
}
