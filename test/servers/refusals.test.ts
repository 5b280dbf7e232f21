/** Bad input of the codecs: a PickleError with a code, and nothing unpacked beyond the limits. */
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cachelib, celery, diskcache, django, kombu, pymemcache, rq, zodb } from '../../src/servers/index.ts';
import { ENGINES } from '../support/engines.ts';
import { bytes, refusal, survives, text } from './samples.ts';

const utf8 = (said: string): Uint8Array => new TextEncoder().encode(said);
const PICKLE = 'application/x-python-serialize';

describe('bombs', () => {
  const bomb = deflateSync(new Uint8Array(2 ** 28 + 1));
  const read: [string, (data: Uint8Array) => unknown][] = [
    ['rq', (data) => rq.decodeJob({ data })],
    ['pymemcache', (data) => pymemcache.decode(data, 9)],
    ['kombu', (body) => kombu.decode({ body, headers: { compression: 'gzip' }, 'content-type': PICKLE })],
    ['django', (data) => django.decodeFile(Buffer.concat([utf8('N.'), data]))],
  ];
  it.each(read)('%s lets go of zlib data that becomes too large', (_, decode) => {
    expect(refusal(() => decode(bomb)).code).toBe('LIMIT_INFLATED');
  });

  it('of Brotli are let go as well', () => {
    const body = brotliCompressSync(new Uint8Array(2000));
    const message = { body, headers: { compression: 'brotli' } };
    expect(refusal(() => kombu.decode(message, { limits: { maxInflatedBytes: 1999 } })).code).toBe('LIMIT_INFLATED');
    expect(kombu.decode(message, { limits: { maxInflatedBytes: 2000 } }).body).toHaveLength(2000);
  });
});

describe('what is damaged', () => {
  it.each([
    ['zlib data that is none', () => pymemcache.decode(utf8('nothing'), 9), 'CONTAINER_CORRUPT', 0],
    [
      'zlib data that is cut short',
      () => rq.decodeJob({ data: bytes('rq-data').slice(0, 40) }),
      'CONTAINER_TRUNCATED',
      40,
    ],
    ['Base64 that is none', () => django.decodeText('gAR*'), 'CONTAINER_CORRUPT', 3],
    ['Base64 with something behind its padding', () => django.decodeText('gA==gA'), 'CONTAINER_CORRUPT', 2],
    ['Base64 that is cut short', () => django.decodeText('gAROL'), 'CONTAINER_TRUNCATED', 5],
    ['a message that is no JSON', () => celery.decode('{"body"'), 'CONTAINER_CORRUPT', 0],
    ['a message without a body', () => celery.decode('{}'), 'UNSUPPORTED_CONTAINER', 0],
    [
      'a body encoding that is not known',
      () => kombu.decode({ body: '', properties: { body_encoding: 'x' } }),
      'UNSUPPORTED_CONTAINER',
      0,
    ],
    [
      'a content type that is not read',
      () => kombu.decode({ body: '', 'content-type': 'x/y' }),
      'UNSUPPORTED_CONTAINER',
      0,
    ],
    ['a compression that is not built in', () => celery.decode(text('celery-2-bzip2')), 'UNSUPPORTED_CONTAINER', 0],
    [
      'a task of two parts',
      () => celery.decode({ body: '[[], {}]', 'content-type': 'application/json' }),
      'UNSUPPORTED_CONTAINER',
      0,
    ],
    [
      'a dict that is no task',
      () => celery.decode({ body: '{}', 'content-type': 'application/json' }),
      'UNSUPPORTED_CONTAINER',
      0,
    ],
    ['a result that is no dict', () => celery.decodeResult(utf8('N.')), 'UNSUPPORTED_CONTAINER', 0],
    ['a hash that is no job', () => rq.decodeJob({ status: 'x' }), 'UNSUPPORTED_CONTAINER', 0],
    ['a call that is none', () => rq.decodeJob({ data: utf8('N.') }), 'UNSUPPORTED_CONTAINER', 0],
    ['an entry that is no result', () => rq.decodeResult({ type: '9' }), 'UNSUPPORTED_CONTAINER', 0],
    [
      'text that is no UTF-8',
      () => rq.decodeJob({ data: bytes('rq-data'), a: new Uint8Array([255]) }),
      'INVALID_UTF8',
      0,
    ],
    ['an expiry time that is none', () => django.decodeFile(utf8('].')), 'UNSUPPORTED_CONTAINER', 0],
    ['a signed text without a signature', () => django.decodeSigned('gAROLg'), 'CONTAINER_CORRUPT', 0],
    ['a signed text with a time that is none', () => django.decodeSigned('gAROLg:-:x'), 'CONTAINER_CORRUPT', 7],
    ['an old session without a digest', () => django.decodeOldSession('gAROLg=='), 'CONTAINER_CORRUPT', 0],
    ['an int of too many digits', () => django.decode(utf8('1'.repeat(4301))), 'LIMIT_INT_DIGITS', 0],
    ['flags that tell of an int where is none', () => pymemcache.decode(utf8('x'), 2), 'CONTAINER_CORRUPT', 0],
    ['a cachelib file of three bytes', () => cachelib.decodeFile(new Uint8Array(3)), 'CONTAINER_TRUNCATED', 0],
    ['a mode that there is not', () => diskcache.decode(9, new Uint8Array(0)), 'UNSUPPORTED_CONTAINER', 0],
    ['a mode that the value does not fit', () => diskcache.decode(4, 'text'), 'UNSUPPORTED_CONTAINER', 0],
    ['a record without a state', () => zodb.decode(utf8('cshop\nTree\n.')), 'EMPTY_INPUT', 12],
    ['a record without a class', () => zodb.decode(utf8('N.N.')), 'UNSUPPORTED_CONTAINER', 0],
    ['a reference without an object id', () => zodb.decode(utf8('cshop\nTree\n.K\x01Q.')), 'UNSUPPORTED_CONTAINER', 0],
    ['an empty input', () => cachelib.decode(utf8('!')), 'EMPTY_INPUT', 0],
  ] as const)('%s', (_, act, code, offset) => {
    expect(refusal(act)).toEqual({ code, offset });
  });
});

describe.each(ENGINES)('damage anywhere gives a value or a PickleError, with the engine %s', (engine) => {
  const options = { engine, limits: { maxAllocation: 2 ** 24, maxInputBytes: 2 ** 20 } };
  it.each([
    ['celery-result', (data: Uint8Array) => celery.decodeResult(data, options)],
    ['rq-data', (data: Uint8Array) => rq.decodeJob({ data }, options)],
    ['django-file', (data: Uint8Array) => django.decodeFile(data, options)],
    ['cachelib-value', (data: Uint8Array) => cachelib.decode(data, options)],
    ['cachelib-file', (data: Uint8Array) => cachelib.decodeFile(data, options)],
    ['zodb-record', (data: Uint8Array) => zodb.decode(data, options)],
  ])('%s', (name, decode) => survives(bytes(name), decode));

  it.each(['celery-2', 'celery-1-gzip'])('%s', (name) => {
    survives(utf8(text(name)), (message) => celery.decode(message, options));
  });
});
