/** What the codecs of `pickle-wasm/servers` write: read back by themselves, equal to what Python wrote, read by Python. */
import { spawnSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PyFloat, PyTuple } from '../../src/values/py.ts';
import { cachelib, celery, diskcache, django, kombu, pymemcache, rq } from '../../src/servers/index.ts';
import { python3 } from '../support/places.ts';
import { bytes } from './samples.ts';

const VALUE = { user: 'ann', raw: new Uint8Array([0, 255]), n: 3, price: 1.5 };
const base64 = (data: Uint8Array): string => Buffer.from(data).toString('base64');

describe('read back', () => {
  it.each([1, 2] as const)('celery, protocol %d', (protocol) => {
    const call = { protocol, task: 'shop.charge', id: 'id-1', args: [1, 'two'], kwargs: { order: VALUE } };
    for (const compression of [undefined, 'gzip', 'brotli']) {
      const text = JSON.stringify(celery.encode(call, { compression }));
      const task = celery.decode(text);
      expect(task).toMatchObject({ protocol, task: 'shop.charge', id: 'id-1', args: [1, 'two'] });
      expect(task.kwargs).toEqual({ order: VALUE });
      // What was read can be written again.
      expect(celery.decode(JSON.stringify(celery.encode(task))).kwargs).toEqual({ order: VALUE });
    }
    const { content, properties } = celery.encodeAmqp(call);
    expect(celery.decode({ content: content as Uint8Array, properties })).toMatchObject({ protocol, id: 'id-1' });
  });

  it('celery, results', () => {
    expect(celery.decodeResult(celery.encodeResult({ result: VALUE, taskId: 'a' }))).toMatchObject({
      status: 'SUCCESS',
      result: VALUE,
      traceback: null,
      taskId: 'a',
    });
  });

  it('kombu, with a compressor that is given', () => {
    const compress = { 'application/x-bz2': (data: Uint8Array) => data.toReversed() };
    const decompress = { 'application/x-bz2': (data: Uint8Array) => data.toReversed() };
    const message = kombu.encode(VALUE, { compression: 'bzip2', compress });
    expect(message.headers).toEqual({ compression: 'application/x-bz2' });
    expect(kombu.decode(message, { decompress }).body).toEqual(VALUE);
    expect(() => kombu.encode(1, { compression: 'lzma' })).toThrow(/UNPICKLABLE.*compress/);
  });

  it('rq', () => {
    const job = {
      func: 'shop.jobs.charge',
      args: [1, 'two'],
      kwargs: { order: VALUE },
      meta: { a: 1 },
      excInfo: 'schön',
    };
    const hash = rq.encodeJob({ ...job, result: 7, text: { status: 'finished', data: 'no' } });
    expect(rq.decodeJob(hash)).toMatchObject({ ...job, result: 7, text: { status: 'finished' } });
    const entry = rq.encodeResult({
      type: 'failed',
      excString: 'Traceback',
      returnValue: VALUE,
      text: { worker_name: 'w' },
    });
    expect(rq.decodeResult(entry)).toMatchObject({ type: 'failed', excString: 'Traceback', returnValue: VALUE });
  });

  it('django, cachelib, pymemcache, diskcache', () => {
    expect(django.decode(django.encode(VALUE))).toEqual(VALUE);
    expect(Buffer.from(django.encode(-12)).toString()).toBe('-12');
    expect(django.decode(django.encode(true))).toBe(true);
    expect(django.decodeFile(django.encodeFile({ value: VALUE, expires: 17 }))).toEqual({ value: VALUE, expires: 17 });
    expect(django.decodeFile(django.encodeFile({ value: VALUE }))).toEqual({ value: VALUE, expires: null });
    expect(django.decodeText(django.encodeText(VALUE))).toEqual(VALUE);
    expect(cachelib.decode(cachelib.encode(VALUE))).toEqual(VALUE);
    expect(cachelib.decodeFile(cachelib.encodeFile({ value: VALUE, expires: 9 }))).toEqual({
      value: VALUE,
      expires: 9,
    });
    expect(() => cachelib.encodeFile({ value: 1, expires: 1.5 })).toThrow(/\$\.expires/);
    for (const value of [VALUE, 'schön', '\ud800', 12, -(2n ** 70n), new Uint8Array([1]), true, null]) {
      const { data, flags } = pymemcache.encode(value);
      expect(pymemcache.decode(data, flags)).toEqual(value);
      const row = diskcache.encode(value);
      expect(diskcache.decode(row.mode, row.value)).toEqual(value);
      const { key, raw } = diskcache.encodeKey(value);
      expect(diskcache.decodeKey(key, raw)).toEqual(value);
    }
    expect([1, 2, 3].map((n) => pymemcache.encode(['x', 5, [1]][n - 1]).flags)).toEqual([16, 2, 1]);
    expect(diskcache.encode(2n ** 64n).mode).toBe(4);
    expect(diskcache.encode(new PyFloat(1))).toEqual({ mode: 1, value: 1 });
  });
});

describe('the same bytes as Python wrote', () => {
  it('a key of diskcache', () => {
    expect(diskcache.encodeKey(PyTuple.from(['a', 1]))).toEqual({ key: bytes('diskcache-key'), raw: 0 });
  });

  it('the call of an rq job', () => {
    const data = (sample: Uint8Array): string => inflateSync(sample).toString('latin1');
    const call = rq.encodeJob({ func: 'f', args: [1], kwargs: { a: 2 } })['data'] as Uint8Array;
    // pickle.dumps(('f', None, (1,), {'a': 2}), 5)
    expect(data(call)).toBe('\x80\x05\x95\x16\0\0\0\0\0\0\0(\x8c\x01f\x94NK\x01\x85\x94}\x94\x8c\x01a\x94K\x02st\x94.');
  });
});

/** Reads what is on stdin by the libraries themselves; says which are not there. */
const SCRIPT = `
import base64, importlib, json, pickle, sys, tempfile, pathlib, time
given = json.load(sys.stdin)
bytes_of = lambda name: base64.b64decode(given[name])
WANT = {"user": "ann", "raw": b"\\x00\\xff", "n": 3, "price": 1.5}
said = {}
def check(name, module):
    def run(test):
        try: importlib.import_module(module)
        except ImportError: said[name] = "not there"
        else: said[name] = "ok" if test() else "differs"
    return run
def kombu_message(text, expected):
    from kombu import Connection
    from kombu.serialization import loads
    from kombu.transport.virtual import Message
    channel = Connection("memory://").channel()
    message = Message(json.loads(text), channel)
    message.accept = {"application/x-python-serialize"}
    return expected(message.payload, message.headers)
@check("kombu-2", "kombu")
def _(): return kombu_message(given["celery-2"], lambda body, headers: tuple(body[:2]) == ([1, "two"], {"order": WANT}) and headers["task"] == "shop.charge" and headers["id"] == "id-1")
@check("kombu-1", "kombu")
def _(): return kombu_message(given["celery-1"], lambda body, headers: body["task"] == "shop.charge" and body["kwargs"] == {"order": WANT})
@check("celery", "celery")
def _():
    from celery import Celery
    from celery.worker.request import Request
    from kombu.transport.virtual import Message
    from kombu import Connection
    app = Celery("shop", broker="memory://", backend="cache+memory://")
    app.conf.update(accept_content=["pickle"], result_serializer="pickle")
    app.task(lambda *a, **k: None, name="shop.charge")
    message = Message(json.loads(given["celery-2"]), Connection("memory://").channel(), accept={"application/x-python-serialize"})
    request = Request(message, app=app, task=app.tasks["shop.charge"] if "shop.charge" in app.tasks else None)
    meta = app.backend.decode(bytes_of("celery-result"))
    return request.id == "id-1" and list(request.args) == [1, "two"] and request.kwargs == {"order": WANT} and meta["result"] == WANT
@check("cachelib", "cachelib")
def _():
    import cachelib
    from cachelib.serializers import RedisSerializer
    with tempfile.TemporaryDirectory() as folder:
        cache = cachelib.FileSystemCache(folder)
        pathlib.Path(cache._get_filename("key")).write_bytes(bytes_of("cachelib-file"))
        return cache.get("key") == WANT and RedisSerializer().loads(bytes_of("cachelib")) == WANT
@check("django", "django")
def _():
    import django.conf
    django.conf.settings.configure()
    from django.core.cache.backends.filebased import FileBasedCache
    from django.core.cache.backends.redis import RedisSerializer
    with tempfile.TemporaryDirectory() as folder:
        cache = FileBasedCache(folder, {})
        pathlib.Path(cache._key_to_file("key")).write_bytes(bytes_of("django-file"))
        return cache.get("key") == WANT and RedisSerializer().loads(bytes_of("django")) == WANT and RedisSerializer().loads(b"-12") == -12
@check("diskcache", "diskcache")
def _():
    import diskcache
    with tempfile.TemporaryDirectory() as folder:
        disk = diskcache.Disk(folder, pickle_protocol=5)
        key, raw = disk.put(("a", 1))
        return disk.fetch(4, None, bytes_of("diskcache"), False) == WANT and bytes(key) == bytes_of("diskcache-key")
print(json.dumps(said))
`;

const LIBRARIES = ['kombu-2', 'kombu-1', 'celery', 'cachelib', 'django', 'diskcache'];

function askPython(): Record<string, string> {
  const python = python3();
  if (python === null) return {};
  const call = { task: 'shop.charge', id: 'id-1', args: [1, 'two'], kwargs: { order: VALUE } };
  const given = {
    'celery-1': JSON.stringify(celery.encode({ ...call, protocol: 1 }, { compression: 'gzip' })),
    'celery-2': JSON.stringify(celery.encode(call, { compression: 'gzip' })),
    'celery-result': base64(celery.encodeResult({ result: VALUE })),
    cachelib: base64(cachelib.encode(VALUE)),
    'cachelib-file': base64(cachelib.encodeFile({ value: VALUE, expires: 4_000_000_000 })),
    django: base64(django.encode(VALUE)),
    'django-file': base64(django.encodeFile({ value: VALUE, expires: 4_000_000_000.5 })),
    diskcache: base64(diskcache.encode(VALUE).value as Uint8Array),
    'diskcache-key': base64(diskcache.encodeKey(PyTuple.from(['a', 1])).key as Uint8Array),
  };
  const { stdout, stderr } = spawnSync(python, ['-c', SCRIPT], { encoding: 'utf8', input: JSON.stringify(given) });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, string>;
}

describe('read by Python', () => {
  const said = askPython();
  for (const name of LIBRARIES) {
    const isThere = said[name] !== undefined && said[name] !== 'not there';
    it.skipIf(!isThere)(`${name}${isThere ? '' : ' (skipped: Python or the library is not there)'}`, () => {
      expect(said[name]).toBe('ok');
    });
  }
});
