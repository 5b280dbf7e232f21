/** Celery's task messages, of protocols 1 and 2, and the results that its backends keep. */
import { setOwn } from '../values/dicts.ts';
import type { BytesLike } from '../bytes/bytes-like.ts';
import { loads } from '../decode/loads.ts';
import { dumps } from '../encode/dumps.ts';
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { PyTuple } from '../values/py.ts';
import { dictOf, entryOf, isDict, itemsOf, textEntryOf, type Dict } from './fields.ts';
import {
  kombu,
  type AmqpEncoded,
  type KombuDecoded,
  type KombuEncoded,
  type KombuEncodeOptions,
  type KombuMessage,
  type KombuOptions,
} from './kombu.ts';
import { unsupported } from './refuse.ts';
import { unwritable } from './wrap.ts';

export interface CeleryTask {
  /** Of the message, not of the pickle. */
  readonly protocol: 1 | 2;
  /** The task's dotted name, and the id of this call of it; undefined where the message does not tell. */
  readonly task: string | undefined;
  readonly id: string | undefined;
  readonly args: readonly unknown[];
  readonly kwargs: Dict;
  /** callbacks, errbacks, chain, chord. */
  readonly embed: Dict;
  /** The message's headers; of protocol 1 what the body has beside args, kwargs and embed. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface CeleryResult {
  readonly status: string | undefined;
  /** What the task returned or, of a task that failed, its exception. */
  readonly result: unknown;
  readonly traceback: unknown;
  readonly taskId: string | undefined;
  /** All fields by Celery's names: children, date_done, ... */
  readonly meta: Dict;
}

/** A task to be sent: what `decode` gives will do, and so does a name. */
export interface CeleryCall {
  readonly task: string | undefined;
  /** Default: a new one. */
  readonly id?: string | undefined;
  readonly args?: readonly unknown[] | undefined;
  readonly kwargs?: Dict | undefined;
  /** callbacks, errbacks, chain, chord. */
  readonly embed?: Dict | undefined;
  /** By Celery's names: eta, expires, retries, root_id ... */
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  /** Of the message. Default 2, as Celery's since 4.0. */
  readonly protocol?: 1 | 2 | undefined;
}

/** Where protocol 1 has what protocol 2 embeds. */
const EMBEDDED: ReadonlySet<string> = new Set(['callbacks', 'errbacks', 'chain', 'chord']);

export const celery = {
  /**
   * Reads a task message.
   * @param message as for `kombu.decode`; a body alone, as AMQP carries it, is given as
   *   `{ body, 'content-type': 'application/x-python-serialize', headers }`
   * @throws PickleError as `kombu.decode`; UNSUPPORTED_CONTAINER where the body is no task's
   */
  decode(message: KombuMessage | BytesLike | string, options?: KombuOptions): CeleryTask {
    return taskOf(kombu.decode(message, options));
  },

  /**
   * The same, for bodies that may be compressed with bzip2, xz or zstd too.
   * @throws (rejects with) what `decode` throws
   */
  async decodeAsync(message: KombuMessage | BytesLike | string, options?: KombuOptions): Promise<CeleryTask> {
    return taskOf(await kombu.decodeAsync(message, options));
  },

  /**
   * Reads a result that a backend keeps under `celery-task-meta-<id>`, or what `encode` of a backend gives: a pickled dict.
   * @throws PickleError; UNSUPPORTED_CONTAINER where it is no dict
   */
  decodeResult(data: BytesLike, options?: DecodeOptions): CeleryResult {
    const meta = dictOf(loads(data, options), 'The result');
    return {
      status: textEntryOf(meta, 'status'),
      result: entryOf(meta, 'result'),
      traceback: entryOf(meta, 'traceback'),
      taskId: textEntryOf(meta, 'task_id'),
      meta,
    };
  },

  /**
   * Writes a task message with a pickled body, in the form that the Redis, SQS and file transports keep: push its JSON text,
   * as `lpush('celery', JSON.stringify(celery.encode({ task: 'shop.charge', args: [1] })))`. Workers must accept pickle.
   * @throws PicklingError
   */
  encode(call: CeleryCall, options: KombuEncodeOptions = {}): KombuEncoded {
    const { id, body, headers } = bodyOf(call);
    const properties = { correlation_id: id, reply_to: '', ...call.properties, ...options.properties };
    return kombu.encode(body, { ...options, headers: { ...headers, ...options.headers }, properties });
  },

  /** The same as AMQP carries it: `channel.publish('', 'celery', Buffer.from(content), properties)`. */
  encodeAmqp(call: CeleryCall, options: KombuEncodeOptions = {}): AmqpEncoded {
    const { id, body, headers } = bodyOf(call);
    const { content, properties } = kombu.encodeAmqp(body, { ...options, headers: { ...headers, ...options.headers } });
    return { content, properties: { ...properties, correlationId: id } as AmqpEncoded['properties'] };
  },

  /**
   * Writes a result, as a backend keeps it under `celery-task-meta-<id>`.
   * @param result `meta` beside the other fields, or in place of them
   * @throws PicklingError
   */
  encodeResult(
    result: { status?: string; result?: unknown; traceback?: unknown; taskId?: string; meta?: Dict },
    options?: EncodeOptions,
  ): Uint8Array {
    const meta = new Map<unknown, unknown>([['children', []], ...entriesOf(result.meta ?? {})]);
    const fields = [
      ['status', result.status],
      ['result', result.result],
      ['traceback', result.traceback],
      ['task_id', result.taskId],
    ] as const;
    for (const [name, value] of fields) if (value !== undefined) meta.set(name, value);
    for (const name of ['status', 'result', 'traceback'])
      if (!meta.has(name)) meta.set(name, name === 'status' ? 'SUCCESS' : null);
    return dumps(meta, options);
  },
} as const;

const entriesOf = (dict: Dict): Iterable<readonly [unknown, unknown]> =>
  dict instanceof Map ? (dict as ReadonlyMap<unknown, unknown>) : Object.entries(dict);

/** What the message carries: a tuple in protocol 2, a dict in protocol 1, where it has what else are headers. */
function bodyOf(call: CeleryCall): { id: string; body: unknown; headers: Fields } {
  const { task, id = crypto.randomUUID(), args = [], kwargs = {}, embed = {}, headers = {}, protocol = 2 } = call;
  if (task === undefined) throw unwritable('$.task', 'A task has a name.');
  const common = { retries: 0, eta: null, expires: null, group: null, timelimit: [null, null] };
  const embedded = new Map<unknown, unknown>([...EMBEDDED].map((name) => [name, null]));
  for (const [name, value] of entriesOf(embed)) embedded.set(name, value);
  if (protocol === 2) {
    const named = { lang: 'py', task, id, root_id: id, parent_id: null, ...common, origin: '', ...headers };
    return { id, body: PyTuple.from<unknown>([args, kwargs, embedded]), headers: named };
  }
  const body = new Map<unknown, unknown>(
    Object.entries({ task, id, utc: true, taskset: null, ...common, ...headers, args, kwargs }),
  );
  for (const [name, value] of embedded) if (name !== 'chain' || value !== null) body.set(name, value);
  return { id, body, headers: {} };
}

type Fields = Readonly<Record<string, unknown>>;

function taskOf({ body, headers, properties }: KombuDecoded): CeleryTask {
  return isDict(body) ? ofProtocol1(body, headers, properties) : ofProtocol2(body, headers, properties);
}

function ofProtocol2(body: unknown, headers: Fields, properties: Fields): CeleryTask {
  const parts = itemsOf(body, 'The body');
  if (parts.length !== 3) throw unsupported(`The body has ${parts.length} parts, not args, kwargs and embed.`);
  const [args, kwargs, embed] = parts;
  return {
    protocol: 2,
    task: textEntryOf(headers, 'task'),
    id: textEntryOf(headers, 'id'),
    args: itemsOf(args, 'args'),
    kwargs: dictOf(kwargs, 'kwargs'),
    embed: embed === null ? {} : dictOf(embed, 'embed'),
    headers,
    properties,
  };
}

function ofProtocol1(body: Dict, around: Fields, properties: Fields): CeleryTask {
  const task = textEntryOf(body, 'task');
  if (task === undefined) throw unsupported('The body is a dict that names no task.');
  const headers: Record<string, unknown> = {};
  const embed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(around)) setOwn(headers, name, value);
  for (const [name, value] of body instanceof Map ? body : Object.entries(body)) {
    if (typeof name !== 'string' || name === 'args' || name === 'kwargs') continue;
    setOwn(EMBEDDED.has(name) ? embed : headers, name, value);
  }
  const args = entryOf(body, 'args') ?? [];
  const kwargs = entryOf(body, 'kwargs') ?? {};
  return {
    protocol: 1,
    task,
    id: textEntryOf(body, 'id'),
    args: itemsOf(args, 'args'),
    kwargs: dictOf(kwargs, 'kwargs'),
    embed,
    headers,
    properties,
  };
}
