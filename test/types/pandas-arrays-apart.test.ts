import { describe, expect, it } from 'vitest';
import { type DataFrame, loads, type Series } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';

const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** `DataFrame({'a': [1, 2], 'b': [1.5, 2.5], 'c': ['x', 'y']})` of pandas 2.2.3 with `mode.data_manager` at 'array'. */
const FRAME = base64(
  'gASVyAIAAAAAAACMEXBhbmRhcy5jb3JlLmZyYW1llIwJRGF0YUZyYW1llJOUKYGUfZQojARfbWdylIwjcGFuZGFzLmNvcmUuaW50ZXJuYWxzLmFycmF5X21hbmFnZXKUjAxBcnJheU1hbmFnZXKUk5QpgZRdlCiMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsChZRoDowFZHR5cGWUk5SMAmk4lImIh5RSlChLA4wBPJROTk5K/////0r/////SwB0lGKJQxABAAAAAAAAAAIAAAAAAAAAlHSUYmgNaBBLAIWUaBKHlFKUKEsBSwKFlGgXjAJmOJSJiIeUUpQoSwNoG05OTkr/////Sv////9LAHSUYolDEAAAAAAAAPg/AAAAAAAABECUdJRiaA1oEEsAhZRoEoeUUpQoSwFLAoWUaBeMAk84lImIh5RSlChLA4wBfJROTk5K/////0r/////Sz90lGKJXZQojAF4lIwBeZRldJRiZV2UKIwYcGFuZGFzLmNvcmUuaW5kZXhlcy5iYXNllIwKX25ld19JbmRleJSTlIwZcGFuZGFzLmNvcmUuaW5kZXhlcy5yYW5nZZSMClJhbmdlSW5kZXiUk5R9lCiMBG5hbWWUTowFc3RhcnSUSwCMBHN0b3CUSwKMBHN0ZXCUSwF1hpRSlGg5aDeMBUluZGV4lJOUfZQojARkYXRhlGgNaBBLAIWUaBKHlFKUKEsBSwOFlGgviV2UKIwBYZSMAWKUjAFjlGV0lGJoPk51hpRSlGWGlGKMBF90eXCUjAlkYXRhZnJhbWWUjAlfbWV0YWRhdGGUXZSMBWF0dHJzlH2UjAZfZmxhZ3OUfZSMF2FsbG93c19kdXBsaWNhdGVfbGFiZWxzlIhzdWIu',
);

/** Its column a. */
const SERIES = base64(
  'gASV8AEAAAAAAACMEnBhbmRhcy5jb3JlLnNlcmllc5SMBlNlcmllc5STlCmBlH2UKIwEX21ncpSMI3BhbmRhcy5jb3JlLmludGVybmFscy5hcnJheV9tYW5hZ2VylIwSU2luZ2xlQXJyYXlNYW5hZ2VylJOUKYGUXZSMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsChZRoDowFZHR5cGWUk5SMAmk4lImIh5RSlChLA4wBPJROTk5K/////0r/////SwB0lGKJQxABAAAAAAAAAAIAAAAAAAAAlHSUYmFdlIwYcGFuZGFzLmNvcmUuaW5kZXhlcy5iYXNllIwKX25ld19JbmRleJSTlIwZcGFuZGFzLmNvcmUuaW5kZXhlcy5yYW5nZZSMClJhbmdlSW5kZXiUk5R9lCiMBG5hbWWUTowFc3RhcnSUSwCMBHN0b3CUSwKMBHN0ZXCUSwF1hpRSlGGGlGKMBF90eXCUjAZzZXJpZXOUjAlfbWV0YWRhdGGUXZSMBV9uYW1llGGMBWF0dHJzlH2UjAZfZmxhZ3OUfZSMF2FsbG93c19kdXBsaWNhdGVfbGFiZWxzlIhzaDKMAWGUdWIu',
);

describe.each(ENGINES)('columns of pandas that are kept apart, %s', (engine) => {
  it.each([false, true])('are those of a DataFrame, exact: %s', (exact) => {
    const frame = loads(FRAME, { engine, exact }) as DataFrame;
    expect(frame.toRecords()).toEqual([
      { a: 1, b: 1.5, c: 'x' },
      { a: 2, b: 2.5, c: 'y' },
    ]);
    expect(frame.index.toArray()).toEqual([0, 1]);
  });

  it('are that of a Series', () => {
    const series = loads(SERIES, { engine }) as Series;
    expect([series.name, series.toArray()]).toEqual(['a', [1, 2]]);
  });
});
