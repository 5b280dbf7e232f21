/**
 * What servers, queues and caches of Python keep, as it lies in Redis, memcached, files and databases. Each format is an
 * object with `decode` and `encode`. All of it is synchronous and needs node:zlib: Node, Bun or Deno, not a browser.
 */
import { CONTAINER_TEXTS } from '../spec/container-errors.ts';
import { knowTexts } from '../spec/pickle-error.ts';
import { FAMILIES } from '../types/index.ts';
import { knowFamilies } from '../types/known.ts';

knowFamilies(FAMILIES);
knowTexts(CONTAINER_TEXTS);

export { cachelib, type CachelibFile } from './cachelib.ts';
export { celery, type CeleryCall, type CeleryResult, type CeleryTask } from './celery.ts';
export { diskcache, type Column, type DiskcacheKey, type DiskcacheValue } from './diskcache.ts';
export { django, type DjangoFile, type DjangoOldSession, type DjangoSigned } from './django.ts';
export type { Dict } from './fields.ts';
export {
  kombu,
  type AmqpEncoded,
  type KombuDecoded,
  type KombuEncoded,
  type KombuEncodeOptions,
  type KombuMessage,
  type KombuOptions,
} from './kombu.ts';
export { pymemcache, type PymemcacheItem } from './pymemcache.ts';
export { rq, type RedisFields, type RqCall, type RqJob, type RqResult } from './rq.ts';
export { zodb, ZodbReference, type ZodbRecord } from './zodb.ts';
