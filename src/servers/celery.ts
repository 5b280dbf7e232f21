/** Celery's task messages, of protocols 1 and 2, and the results that its backends keep. */
import { setOwn } from '../values/dicts.ts';
import type { BytesLike } from '../decode/input.ts';
import { loads } from '../decode/loads.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { dictOf, entryOf, isDict, itemsOf, textEntryOf, type Dict } from './fields.ts';
import { kombu, type KombuDecoded, type KombuMessage, type KombuOptions } from './kombu.ts';
import { unsupported } from './refuse.ts';

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
} as const;

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
