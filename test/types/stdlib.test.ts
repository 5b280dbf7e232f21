/** Values of Python's library, against what Python itself says of them. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  loads,
  PyDecimal,
  PyException,
  PyObject,
  PyOrderedDict,
  PyPartial,
  PyPath,
  PyRange,
  PyUUID,
  PyZoneInfo,
  toJsonText,
  type DecodeOptions,
  type PyDateTime,
  type PyDeque,
} from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { global, int, latin1, list, str, tuple } from '../support/opcodes.ts';
import { NO_PYTHON, python3 } from '../support/places.ts';

/** Expressions whose value prints in Python as its value here does. */
const PRINTED = [
  `datetime.datetime(1, 1, 1)`,
  `datetime.datetime(2024, 2, 29, 12, 34, 56, 789012)`,
  `datetime.datetime(2024, 2, 29, 12, 34, tzinfo=datetime.timezone(datetime.timedelta(hours=-3, seconds=-7)))`,
  `datetime.datetime(2024, 7, 1, 8, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'))`,
  `datetime.datetime(2024, 10, 27, 2, 30, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'), fold=0)`,
  `datetime.datetime(2024, 10, 27, 2, 30, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'), fold=1)`,
  `datetime.datetime(2024, 3, 31, 2, 30, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'), fold=0)`,
  `datetime.datetime(2024, 3, 31, 2, 30, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'), fold=1)`,
  `datetime.datetime(1880, 1, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'))`,
  `datetime.date(9999, 12, 31)`,
  `datetime.time(23, 59, 59, 1, tzinfo=datetime.timezone.utc)`,
  `datetime.timedelta(days=-1, seconds=5, microseconds=7)`,
  `datetime.timedelta(days=2)`,
  `datetime.timezone(datetime.timedelta(hours=5, minutes=30))`,
  `zoneinfo.ZoneInfo('Asia/Tokyo')`,
  `decimal.Decimal('-0.00')`,
  `decimal.Decimal('1E+400')`,
  `decimal.Decimal('0E-20')`,
  `decimal.Decimal('123456789012345678901234567890.5')`,
  `decimal.Decimal('-sNaN12')`,
  `decimal.Decimal('-Infinity')`,
  `fractions.Fraction(-6, 4)`,
  `fractions.Fraction(8, 2)`,
  `complex(0, 2)`,
  `complex(-0.0, 2.5)`,
  `complex(1e20, float('nan'))`,
  `range(3, 10, 2)`,
  `slice(1, None, 2)`,
  `uuid.UUID('12345678-1234-5678-1234-567812345678')`,
  `pathlib.PurePosixPath('/usr/lib', '../x')`,
  `pathlib.PurePosixPath('//a//b/./c')`,
  `pathlib.PurePosixPath()`,
  `pathlib.PureWindowsPath('c:/a', 'b', 'x.txt')`,
  `pathlib.PureWindowsPath('//host/share/x')`,
  `ipaddress.ip_address('2001:db8::1:0:0:1')`,
  `ipaddress.ip_address('::')`,
  `ipaddress.ip_address('::ffff:1.2.3.4')`,
  `ipaddress.ip_network('10.0.0.0/8')`,
  `ipaddress.ip_interface('fe80::1/64')`,
  `KeyError('k')`,
  `ValueError('bad')`,
  `OSError(2, 'No such file', 'x.txt')`,
];

const SCRIPT = `import base64, datetime, decimal, fractions, ipaddress, json, pathlib, pickle, sys, uuid, zoneinfo
for line in sys.stdin.read().splitlines():
    value = eval(line)
    rows = []
    for protocol in range(6):
        data = pickle.dumps(value, protocol)
        # Before protocol 4 the fold is lost.
        again = pickle.loads(data)
        text = again.isoformat() if hasattr(again, 'isoformat') else str(again)
        rows.append([text, base64.b64encode(data).decode()])
    print(json.dumps(rows))`;

const python = python3();

describe.skipIf(python === null)(`values print as in Python${python === null ? ` (${NO_PYTHON})` : ''}`, () => {
  const run = spawnSync(python!, ['-c', SCRIPT], { input: PRINTED.join('\n'), encoding: 'utf8' });
  const rows = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as [text: string, pickle: string][]);

  it.each(PRINTED.map((expression, i) => [expression, i] as const))('%s', (_expression, i) => {
    for (const [text, pickle] of rows[i]!) {
      for (const engine of ENGINES) {
        for (const exact of [false, true]) {
          const value = loads(new Uint8Array(Buffer.from(pickle, 'base64')), { engine, exact });
          expect(value).not.toBeInstanceOf(PyObject);
          expect(value instanceof PyException ? value.message : String(value)).toBe(text);
        }
      }
    }
  });
});

describe.each(ENGINES)("Python's library, %s", (engine) => {
  const read = (pickle: string, options?: DecodeOptions): unknown =>
    loads(latin1(`${pickle}.`), { ...options, engine });
  const call = (module: string, name: string, ...args: string[]): string => `${global(module, name)}${tuple(...args)}R`;

  it('leaves inert what Python would refuse, and what is no part of it', () => {
    const refused = [
      call('datetime', 'datetime', 'C\x0a\x07\xe8\x0d\x01\0\0\0\0\0\0'),
      call('datetime', 'date', 'I2023\n', int(2), int(29)),
      call('datetime', 'timedelta', 'I1000000000\n'),
      call('fractions', 'Fraction', int(1), int(0)),
      call('builtins', 'range', int(0), int(1), int(0)),
      call('decimal', 'Decimal', str('1.2.3')),
      call('uuid', 'UUID', str('12')),
      call('ipaddress', 'IPv4Network', str('10.0.0.1/8')),
      call('array', 'array', str('b'), list(int(128))),
      call('builtins', 'getattr', global('os', 'path'), str('_unpickle')),
      call('builtins', 'getattr', global('zoneinfo', 'ZoneInfo'), str('__class__')),
      call('collections', 'deque', list(), 'I-1\n'),
    ];
    for (const pickle of refused) expect(read(pickle), JSON.stringify(pickle)).toBeInstanceOf(PyObject);
  });

  it('tells bad states by place', () => {
    const bad = `${global('uuid', 'UUID')})\x81}b`;
    expect(() => read(bad)).toThrow(/INVALID_STATE at byte 14/);
  });

  it('gives instants as Dates', () => {
    const at = call('datetime', 'datetime', 'I2024\n', int(7), int(1), int(8), int(0), int(0), 'I123456\n');
    expect((read(at) as PyDateTime).toDate()).toEqual(new Date('2024-07-01T08:00:00.123Z'));
    expect(JSON.stringify(read(at))).toBe('"2024-07-01T08:00:00.123456"');
    const zone = `${call('builtins', 'getattr', global('zoneinfo', 'ZoneInfo'), str('_unpickle'))}${tuple(str('Europe/Berlin'), int(1))}R`;
    expect(read(zone)).toBeInstanceOf(PyZoneInfo);
  });

  it('keeps containers as they are filled', () => {
    const ordered = read(`${call('collections', 'OrderedDict')}(${str('b')}${int(1)}${str('__proto__')}${int(2)}u`);
    expect(ordered).toBeInstanceOf(PyOrderedDict);
    expect([...(ordered as PyOrderedDict)]).toEqual([['b', 1], ['__proto__', 2]]); // prettier-ignore
    const deque = read(`${call('collections', 'deque', list(), int(2))}(${int(1)}${int(2)}${int(3)}e`) as PyDeque;
    expect([...deque, deque.maxlen]).toEqual([2, 3, 2]);
    expect(() => read(`${call('collections', 'OrderedDict')}}${int(1)}s`)).toThrow(/UNHASHABLE_KEY at byte/);
  });

  it('makes typed arrays, of either byte order', () => {
    const array = (code: string, format: number, bytes: string): unknown =>
      read(
        call(
          'array',
          '_array_reconstructor',
          global('array', 'array'),
          str(code),
          int(format),
          `C${String.fromCharCode(bytes.length)}${bytes}`,
        ),
      );
    expect(array('h', 4, '\x01\x02')).toEqual(new Int16Array([0x201]));
    expect(array('h', 5, '\x01\x02')).toEqual(new Int16Array([0x102]));
    expect(array('d', 17, '\x3f\xf0\0\0\0\0\0\0')).toEqual(new Float64Array([1]));
    expect(array('u', 20, 'a\0\0\0')).toBe('a');
    expect(array('h', 4, '\x01')).toBeInstanceOf(PyObject);
  });

  it('keeps what may be called as it is told', () => {
    const partial = read(
      `${call('functools', 'partial', global('os', 'system'))}${tuple(global('os', 'system'), tuple(str('x')), '}', 'N')}b`,
    );
    expect(partial).toBeInstanceOf(PyPartial);
    expect(String((partial as PyPartial).func)).toBe('os.system');
  });

  it('writes readable JSON', () => {
    const values = list(
      call('decimal', 'Decimal', str('1.50')),
      call('pathlib', 'PurePosixPath', str('/'), str('a')),
      call('builtins', 'range', int(3)),
      call('builtins', 'ValueError', str('bad')),
    );
    const [decimal, path, range] = read(values) as unknown[];
    expect([decimal, path, range].map((value) => value!.constructor)).toEqual([PyDecimal, PyPath, PyRange]);
    expect([...(range as PyRange)]).toEqual([0, 1, 2]);
    expect(toJsonText(read(values))).toBe(
      '["1.50","/a",{"$$range":[0,3,1]},{"$$exception":"ValueError","args":["bad"]}]',
    );
    expect(new PyUUID(1n).toString()).toBe('00000000-0000-0000-0000-000000000001');
  });
});
