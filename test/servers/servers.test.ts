/** What Python's queues, caches and databases keep, read by the codecs of `pickle-wasm/servers`. */
import { describe, expect, it } from 'vitest';
import { PyGlobal } from '../../src/index.ts';
import {
  cachelib,
  celery,
  diskcache,
  django,
  kombu,
  pymemcache,
  rq,
  zodb,
  ZodbReference,
} from '../../src/servers/index.ts';
import { ENGINES } from '../support/engines.ts';
import { bytes, text, VALUE } from './samples.ts';

const utf8 = (said: string): Uint8Array => new TextEncoder().encode(said);
const oid = (last: number): Uint8Array => new Uint8Array([0, 0, 0, 0, 0, 0, 0, last]);

describe.each(ENGINES)('with the engine %s', (engine) => {
  const options = { engine };

  describe('celery', () => {
    it.each(['celery-2', 'celery-2-gzip', 'celery-1', 'celery-1-gzip'])('reads the task message %s', (name) => {
      const task = celery.decode(text(name), options);
      expect(task).toMatchObject({ protocol: Number(name[7]), task: 'shop.charge', id: 'id-1', args: [1, 'two'] });
      expect(task.kwargs).toMatchObject({ order: VALUE });
      expect(task.embed).toMatchObject({ callbacks: null, errbacks: null, chord: null });
      expect(task.headers).toMatchObject({ retries: 0 });
      expect(task.properties).toMatchObject({ correlation_id: 'id-1' });
    });

    it('reads a body as AMQP carries it, in the names of either client', () => {
      const body = bytes('celery-2-body');
      const headers = { task: 'shop.charge', id: 'id-1' };
      const contentType = 'application/x-python-serialize';
      const wanted = { protocol: 2, task: 'shop.charge', kwargs: { order: VALUE } };
      expect(celery.decode({ body, headers, 'content-type': contentType }, options)).toMatchObject(wanted);
      expect(celery.decode({ content: body, properties: { headers, contentType } }, options)).toMatchObject(wanted);
    });

    it.each(['exact', 'map'])('reads the same under the option %s', (option) => {
      const chosen = option === 'exact' ? { exact: true } : { dict: 'map' as const };
      for (const name of ['celery-1', 'celery-2']) {
        const task = celery.decode(text(name), { ...options, ...chosen });
        expect(task).toMatchObject({ task: 'shop.charge', id: 'id-1' });
        expect(task.kwargs).toBeInstanceOf(Map);
        expect((task.kwargs as Map<string, Map<string, unknown>>).get('order')!.get('user')).toBe('ann');
      }
    });

    it('reads results', () => {
      expect(celery.decodeResult(bytes('celery-result'), options)).toMatchObject({
        status: 'SUCCESS',
        taskId: 'id-1',
        result: VALUE,
        traceback: null,
        meta: { date_done: '2024-05-06T07:08:09' },
      });
      const failed = celery.decodeResult(bytes('celery-result-failed'), options);
      expect(failed).toMatchObject({ status: 'FAILURE', traceback: 'Traceback ...' });
      expect(failed.result).toMatchObject({ args: ['bad', 7] });
    });

    it.each(['celery-2', 'celery-2-gzip', 'celery-2-bzip2', 'celery-2-lzma', 'celery-1-lzma', 'celery-2-zstd'])(
      'reads %s by decodeAsync',
      async (name) => {
        const task = await celery.decodeAsync(text(name), options);
        expect(task).toMatchObject({ task: 'shop.charge', args: [1, 'two'], kwargs: { order: VALUE } });
      },
    );

    it('refuses what becomes too large by decodeAsync', async () => {
      const limits = { maxInflatedBytes: 100 };
      await expect(celery.decodeAsync(text('celery-2-lzma'), { ...options, limits })).rejects.toMatchObject({
        code: 'LIMIT_INFLATED',
      });
    });

    it('takes decompressors for what is not built in', () => {
      const decompress = { 'application/x-bz2': () => bytes('celery-2-body') };
      expect(celery.decode(text('celery-2-bzip2'), { ...options, decompress }).kwargs).toMatchObject({ order: VALUE });
    });
  });

  it('kombu: reads a body by its content type', () => {
    const read = (body: string, type?: string): unknown =>
      kombu.decode({ body, ...(type && { 'content-type': type }) }, options).body;
    expect(read('{"a": [1]}', 'application/json')).toEqual({ a: [1] });
    expect(read('schön', 'text/plain')).toBe('schön');
    expect(read('ab')).toEqual(utf8('ab'));
  });

  describe('rq', () => {
    it('reads jobs', () => {
      const hash = {
        data: bytes('rq-data'),
        result: bytes('rq-result'),
        meta: bytes('rq-meta'),
        exc_info: bytes('rq-exc-info'),
        status: utf8('failed'),
        created_at: '2024-05-06T07:08:09.000000Z',
      };
      const job = rq.decodeJob(hash, options);
      expect(job).toMatchObject({
        func: 'shop.jobs.charge',
        instance: null,
        args: [1, 'two'],
        kwargs: { order: VALUE },
      });
      expect(job).toMatchObject({ result: VALUE, meta: { progress: 40 }, excInfo: 'Traceback: schön' });
      expect(job.text).toEqual({ status: 'failed', created_at: '2024-05-06T07:08:09.000000Z' });
      expect(rq.decodeJob(new Map(Object.entries(hash)), options)).toEqual(job);
    });

    it('reads jobs of versions that did not compress, and plain tracebacks', () => {
      const hash = { data: bytes('rq-data-plain'), exc_info: 'xTraceback', result: '' };
      const job = rq.decodeJob(hash, options);
      expect(job).toMatchObject({ func: 'shop.jobs.charge', excInfo: 'xTraceback', result: undefined, meta: {} });
    });

    it('reads results of the stream', () => {
      const done = rq.decodeResult({ type: '1', return_value: text('rq-return-value'), worker_name: 'w' }, options);
      expect(done).toMatchObject({ type: 'successful', returnValue: VALUE, excString: undefined });
      expect(done.text).toEqual({ type: '1', worker_name: 'w' });
      const failed = rq.decodeResult({ type: '2', exc_string: text('rq-exc-string') }, options);
      expect(failed).toMatchObject({ type: 'failed', returnValue: undefined, excString: 'Traceback ...' });
    });
  });

  describe('django', () => {
    it('tells the ints of a cache from pickles', () => {
      const read = (name: string): unknown => django.decode(bytes(`django-redis-${name}`), options);
      expect(read('value')).toMatchObject(VALUE);
      expect(read('int')).toBe(-12);
      expect(read('large')).toBe(2n ** 70n);
      expect(read('true')).toBe(true);
      expect(read('float')).toBe(1.5);
      expect(read('text')).toBe('12');
      expect(django.decode(utf8('5'), { ...options, exact: true })).toBe(5n);
      expect(django.decode(utf8(String(2n ** 70n)), { ...options, int: 'number' })).toBe(2 ** 70);
    });

    it('reads files and rows', () => {
      expect(django.decodeFile(bytes('django-file'), options)).toMatchObject({ expires: 1700000300.5, value: VALUE });
      expect(django.decodeFile(bytes('django-file-forever'), { ...options, int: 'bigint' }).expires).toBe(null);
      expect(django.decodeText(text('django-db'), options)).toMatchObject(VALUE);
    });

    it('reads sessions', () => {
      const signed = django.decodeSigned(text('django-signed'), options);
      expect(signed.value).toMatchObject(VALUE);
      expect(signed.timestamp).toBeGreaterThan(1.7e9);
      expect(signed.signature).toMatch(/^[\w-]{43}$/);
      expect(django.decodeSigned(text('django-signed-zlib'), options).value).toEqual({ text: 'ab'.repeat(100) });
      const plain = django.decodeSigned(text('django-signed-plain'), options);
      expect(plain).toMatchObject({ value: VALUE, timestamp: undefined });
      const old = django.decodeOldSession(text('django-old-session'), options);
      expect(old).toMatchObject({ value: VALUE, digest: '0123456789abcdef0123456789abcdef01234567' });
    });
  });

  it('cachelib: reads values and files', () => {
    expect(cachelib.decode(bytes('cachelib-value'), options)).toMatchObject(VALUE);
    expect(cachelib.decode(bytes('cachelib-int'), options)).toBe(7);
    expect(cachelib.decode(bytes('cachelib-raw'), options)).toEqual(utf8('old text'));
    expect(cachelib.decodeFile(bytes('cachelib-file'), options)).toMatchObject({ expires: 0, value: VALUE });
    expect(cachelib.decodeFile(bytes('cachelib-file-expiry'), options).expires).toBe(1700000300);
  });

  it('pymemcache: reads by the flags', () => {
    const pickle = bytes('rq-result');
    expect(pymemcache.decode(utf8('ab'), 0, options)).toEqual(utf8('ab'));
    expect(pymemcache.decode(pickle, 1, options)).toMatchObject(VALUE);
    expect(pymemcache.decode(utf8('-5'), 2, options)).toBe(-5);
    expect(pymemcache.decode(utf8('12345678901234567890'), 4, options)).toBe(12345678901234567890n);
    expect(pymemcache.decode(bytes('rq-exc-info'), 8 | 16, options)).toBe('Traceback: schön');
    expect(pymemcache.decode(utf8('schön'), 16, options)).toBe('schön');
  });

  it('diskcache: reads by the mode', () => {
    expect(diskcache.decode(4, bytes('diskcache-value'), options)).toMatchObject(VALUE);
    expect(diskcache.decodeKey(bytes('diskcache-key'), 0, options)).toEqual(['a', 1]);
    expect(diskcache.decodeKey('a', 1n, options)).toBe('a');
    expect(diskcache.decode(1, 5, options)).toBe(5);
    expect(diskcache.decode(2, utf8('ab'), options)).toEqual(utf8('ab'));
    expect(diskcache.decode(3, utf8('schön'), options)).toBe('schön');
  });

  describe('zodb', () => {
    it('reads a record and its references', () => {
      const record = zodb.decode(bytes('zodb-record'), options);
      expect(record).toMatchObject({ className: 'shop.models.Tree', newArgs: null });
      const state = record.state as Record<string, ZodbReference>;
      expect(record.references).toEqual(['left', 'bare', 'weak', 'there', 'old', 'far'].map((name) => state[name]));
      expect(state['left']).toMatchObject({ oid: oid(5), database: undefined, isWeak: false });
      expect(String(state['left']!.class)).toBe('shop.models.Node');
      expect(state['left']!.oidText).toBe('0x0000000000000005');
      expect(state['bare']).toMatchObject({ oid: oid(6), class: undefined, isWeak: false });
      expect(state['weak']).toMatchObject({ oid: oid(7), isWeak: true });
      expect(state['there']).toMatchObject({ oid: oid(8), database: 'other' });
      expect(String(state['there']!.class)).toBe('shop.models.Node');
      expect(state['old']).toMatchObject({ oid: oid(9), isWeak: true });
      expect(state['far']).toMatchObject({ oid: oid(10), database: 'other', isWeak: false });
      expect(state['value']).toMatchObject(VALUE);
      // It was put into the memo by the first pickle.
      expect(state['own']).toEqual(record.class);
    });

    it('reads each form of class', () => {
      const names = zodb.decode(bytes('zodb-names'), options);
      expect(names).toMatchObject({ className: 'shop.models.Tree', newArgs: ['x', 1], state: null, references: [] });
      const kept = zodb.decode(bytes('zodb-persistent-class'), options);
      expect(kept.class).toBeInstanceOf(ZodbReference);
      expect(kept).toMatchObject({ className: undefined, state: { a: 1 }, references: [] });
      const alone = zodb.decode(bytes('zodb-class-alone'), options);
      expect(alone.class).toBeInstanceOf(PyGlobal);
      expect(alone.state).toEqual([utf8('bytes')]);
    });

    it('reads records of Python 2, where ids are text', () => {
      const { references } = zodb.decode(bytes('zodb-python2'), { ...options, encoding: 'latin1' });
      expect(references).toMatchObject([{ oid: oid(1) }]);
    });

    it('asks persistentLoad, where it is given', () => {
      const record = zodb.decode(bytes('zodb-record'), { ...options, persistentLoad: () => 'loaded' });
      expect(record.state).toMatchObject({ left: 'loaded', weak: 'loaded' });
      expect(record.references).toHaveLength(6);
    });
  });
});
