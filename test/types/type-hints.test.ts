/** Type hints as CPython 3.11 pickles them: their text is its repr, and they are written as they were. */
import { describe, expect, it } from 'vitest';
import { dumps, loads, PyObject, PyTypeHint } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { global, latin1, list, tuple } from '../support/opcodes.ts';

/** Of protocol 4. */
const HINTS: readonly (readonly [text: string, base64: string])[] = [
  ['list[int]', 'gASVPgAAAAAAAACMBXR5cGVzlIwMR2VuZXJpY0FsaWFzlJOUjAhidWlsdGluc5SMBGxpc3SUk5RoA4wDaW50lJOUhZSGlFKULg=='],
  [
    'dict[str, list[float]]',
    'gASVXQAAAAAAAACMBXR5cGVzlIwMR2VuZXJpY0FsaWFzlJOUjAhidWlsdGluc5SMBGRpY3SUk5RoA4wDc3RylJOUaAJoA4wEbGlzdJSTlGgDjAVmbG9hdJSTlIWUhpRSlIaUhpRSlC4=',
  ],
  [
    'int | None',
    'gASVVgAAAAAAAACMCl9mdW5jdG9vbHOUjAZyZWR1Y2WUk5SMCV9vcGVyYXRvcpSMA29yX5STlIwIYnVpbHRpbnOUjANpbnSUk5RoBowEdHlwZZSTlE6FlFKUhpSGlFKULg==',
  ],
  [
    'tuple[int, ...]',
    'gASVTgAAAAAAAACMBXR5cGVzlIwMR2VuZXJpY0FsaWFzlJOUjAhidWlsdGluc5SMBXR1cGxllJOUaAOMA2ludJSTlGgDjAhFbGxpcHNpc5STlIaUhpRSlC4=',
  ],
  ['tuple[()]', 'gASVNAAAAAAAAACMBXR5cGVzlIwMR2VuZXJpY0FsaWFzlJOUjAhidWlsdGluc5SMBXR1cGxllJOUKYaUUpQu'],
  [
    'typing.List[int]',
    'gASVQgAAAAAAAACMCV9vcGVyYXRvcpSMB2dldGl0ZW2Uk5SMBnR5cGluZ5SMBExpc3SUk5SMCGJ1aWx0aW5zlIwDaW50lJOUhpRSlC4=',
  ],
  [
    'typing.Optional[int]',
    'gASVVQAAAAAAAACMCV9vcGVyYXRvcpSMB2dldGl0ZW2Uk5SMBnR5cGluZ5SMBVVuaW9ulJOUjAhidWlsdGluc5SMA2ludJSTlGgGjAR0eXBllJOUToWUUpSGlIaUUpQu',
  ],
  [
    'typing.Union[int, str]',
    'gASVTwAAAAAAAACMCV9vcGVyYXRvcpSMB2dldGl0ZW2Uk5SMBnR5cGluZ5SMBVVuaW9ulJOUjAhidWlsdGluc5SMA2ludJSTlGgGjANzdHKUk5SGlIaUUpQu',
  ],
  [
    'typing.Callable[[int], str]',
    'gASVVQAAAAAAAACMCV9vcGVyYXRvcpSMB2dldGl0ZW2Uk5SMBnR5cGluZ5SMCENhbGxhYmxllJOUXZSMCGJ1aWx0aW5zlIwDaW50lJOUYWgHjANzdHKUk5SGlIaUUpQu',
  ],
  [
    "typing.Literal['a', 1, True, None]",
    'gASVPQAAAAAAAACMCV9vcGVyYXRvcpSMB2dldGl0ZW2Uk5SMBnR5cGluZ5SMB0xpdGVyYWyUk5QojAFhlEsBiE50lIaUUpQu',
  ],
  [
    "typing.Annotated[int, 'x']",
    'gASVTQAAAAAAAACMCV9vcGVyYXRvcpSMB2dldGl0ZW2Uk5SMBnR5cGluZ5SMCUFubm90YXRlZJSTlIwIYnVpbHRpbnOUjANpbnSUk5SMAXiUhpSGlFKULg==',
  ],
  ['type[int]', 'gASVPgAAAAAAAACMBXR5cGVzlIwMR2VuZXJpY0FsaWFzlJOUjAhidWlsdGluc5SMBHR5cGWUk5RoA4wDaW50lJOUhZSGlFKULg=='],
];

describe.each(ENGINES)('type hints, %s', (engine) => {
  it.each(HINTS)('%s prints as in Python, and is written as it was read', (text, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    for (const exact of [false, true]) {
      const hint = loads(bytes, { engine, exact });
      expect(hint).toBeInstanceOf(PyTypeHint);
      expect(String(hint)).toBe(text);
      expect(Buffer.from(dumps(hint, { protocol: 4 })).toString('base64')).toBe(base64);
    }
  });

  it('are equal as keys where Python has them equal', () => {
    const call = (at: number): Buffer => Buffer.from(HINTS[at]![1], 'base64').subarray(11, -1);
    const set = (a: number, b: number): unknown =>
      loads(Buffer.concat([latin1('\x80\x04\x8f('), call(a), call(b), latin1('\x90.')]), { engine, exact: true });
    expect((set(0, 0) as Set<unknown>).size).toBe(1);
    expect((set(0, 11) as Set<unknown>).size).toBe(2);
  });

  it('stay inert where they are no hints', () => {
    const getitem = latin1(`${global('_operator', 'getitem')}${tuple(list(), list())}R.`);
    expect(loads(getitem, { engine })).toBeInstanceOf(PyObject);
  });
});

it('text of hints that share each other many times over ends', () => {
  let hint: unknown = null;
  for (let i = 0; i < 40; i++) hint = new PyTypeHint('union', null, [hint, hint]);
  expect(String(hint).length).toBeLessThan(10_000);
  for (let i = 0; i < 100_000; i++) hint = new PyTypeHint('union', null, [hint]);
  expect(String(hint)).toBe('...');
});
