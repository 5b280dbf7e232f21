/** Intervals print as pandas 3.0.6 prints them; the pickles are its own. */
import { describe, expect, it } from 'vitest';
import { type Index, loads, type Series } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';

const INTERVALS: readonly (readonly [text: string, base64: string])[] = [
  ['[0, 1)', 'gASVJgAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUSwBLAYwEbGVmdJSHlFKULg=='],
  ['[0.0, 1.5)', 'gASVNAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURwAAAAAAAAAARz/4AAAAAAAAjARsZWZ0lIeUUpQu'],
  [
    '[2020-01-01 00:00:00, 2020-01-02 12:00:00)',
    'gASVgQAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU5OSwl0lFKUaAUoigcAUL3uJpsFTk5LCXSUUpSMBGxlZnSUh5RSlC4=',
  ],
  [
    '[1 days 00:00:00, 2 days 00:00:00)',
    'gASVdwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVkZWx0YXOUjBNfdGltZWRlbHRhX3VucGlja2xllJOUigUAYNcdFEsJhpRSlGgFigUAwK47KEsJhpRSlIwEbGVmdJSHlFKULg==',
  ],
  ['[-inf, 1e+20)', 'gASVNAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUR//wAAAAAAAAR0QVrx14tYxAjARsZWZ0lIeUUpQu'],
  ['[1e-07, 1.0)', 'gASVNAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURz561/KavK9IRz/wAAAAAAAAjARsZWZ0lIeUUpQu'],
  [
    '[2020-01-01 00:00:00+00:00, 2020-01-02 00:00:00+00:00)',
    'gASVtwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU6MCGRhdGV0aW1llIwIdGltZXpvbmWUk5RoBowJdGltZWRlbHRhlJOUSwBLAEsAh5RSlIWUUpRLCXSUUpRoBSiKBwCg0d8cmwVOaA5LCXSUUpSMBGxlZnSUh5RSlC4=',
  ],
  ['(0, 1]', 'gASVJwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUSwBLAYwFcmlnaHSUh5RSlC4='],
  ['(0.0, 1.5]', 'gASVNQAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURwAAAAAAAAAARz/4AAAAAAAAjAVyaWdodJSHlFKULg=='],
  [
    '(2020-01-01 00:00:00, 2020-01-02 12:00:00]',
    'gASVggAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU5OSwl0lFKUaAUoigcAUL3uJpsFTk5LCXSUUpSMBXJpZ2h0lIeUUpQu',
  ],
  [
    '(1 days 00:00:00, 2 days 00:00:00]',
    'gASVeAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVkZWx0YXOUjBNfdGltZWRlbHRhX3VucGlja2xllJOUigUAYNcdFEsJhpRSlGgFigUAwK47KEsJhpRSlIwFcmlnaHSUh5RSlC4=',
  ],
  ['(-inf, 1e+20]', 'gASVNQAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUR//wAAAAAAAAR0QVrx14tYxAjAVyaWdodJSHlFKULg=='],
  ['(1e-07, 1.0]', 'gASVNQAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURz561/KavK9IRz/wAAAAAAAAjAVyaWdodJSHlFKULg=='],
  [
    '(2020-01-01 00:00:00+00:00, 2020-01-02 00:00:00+00:00]',
    'gASVuAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU6MCGRhdGV0aW1llIwIdGltZXpvbmWUk5RoBowJdGltZWRlbHRhlJOUSwBLAEsAh5RSlIWUUpRLCXSUUpRoBSiKBwCg0d8cmwVOaA5LCXSUUpSMBXJpZ2h0lIeUUpQu',
  ],
  ['[0, 1]', 'gASVJgAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUSwBLAYwEYm90aJSHlFKULg=='],
  ['[0.0, 1.5]', 'gASVNAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURwAAAAAAAAAARz/4AAAAAAAAjARib3RolIeUUpQu'],
  [
    '[2020-01-01 00:00:00, 2020-01-02 12:00:00]',
    'gASVgQAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU5OSwl0lFKUaAUoigcAUL3uJpsFTk5LCXSUUpSMBGJvdGiUh5RSlC4=',
  ],
  [
    '[1 days 00:00:00, 2 days 00:00:00]',
    'gASVdwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVkZWx0YXOUjBNfdGltZWRlbHRhX3VucGlja2xllJOUigUAYNcdFEsJhpRSlGgFigUAwK47KEsJhpRSlIwEYm90aJSHlFKULg==',
  ],
  ['[-inf, 1e+20]', 'gASVNAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUR//wAAAAAAAAR0QVrx14tYxAjARib3RolIeUUpQu'],
  ['[1e-07, 1.0]', 'gASVNAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURz561/KavK9IRz/wAAAAAAAAjARib3RolIeUUpQu'],
  [
    '[2020-01-01 00:00:00+00:00, 2020-01-02 00:00:00+00:00]',
    'gASVtwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU6MCGRhdGV0aW1llIwIdGltZXpvbmWUk5RoBowJdGltZWRlbHRhlJOUSwBLAEsAh5RSlIWUUpRLCXSUUpRoBSiKBwCg0d8cmwVOaA5LCXSUUpSMBGJvdGiUh5RSlC4=',
  ],
  ['(0, 1)', 'gASVKQAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUSwBLAYwHbmVpdGhlcpSHlFKULg=='],
  ['(0.0, 1.5)', 'gASVNwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURwAAAAAAAAAARz/4AAAAAAAAjAduZWl0aGVylIeUUpQu'],
  [
    '(2020-01-01 00:00:00, 2020-01-02 12:00:00)',
    'gASVhAAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU5OSwl0lFKUaAUoigcAUL3uJpsFTk5LCXSUUpSMB25laXRoZXKUh5RSlC4=',
  ],
  [
    '(1 days 00:00:00, 2 days 00:00:00)',
    'gASVegAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVkZWx0YXOUjBNfdGltZWRlbHRhX3VucGlja2xllJOUigUAYNcdFEsJhpRSlGgFigUAwK47KEsJhpRSlIwHbmVpdGhlcpSHlFKULg==',
  ],
  ['(-inf, 1e+20)', 'gASVNwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUR//wAAAAAAAAR0QVrx14tYxAjAduZWl0aGVylIeUUpQu'],
  ['(1e-07, 1.0)', 'gASVNwAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOURz561/KavK9IRz/wAAAAAAAAjAduZWl0aGVylIeUUpQu'],
  [
    '(2020-01-01 00:00:00+00:00, 2020-01-02 00:00:00+00:00)',
    'gASVugAAAAAAAACMBnBhbmRhc5SMCEludGVydmFslJOUjB5wYW5kYXMuX2xpYnMudHNsaWJzLnRpbWVzdGFtcHOUjBNfdW5waWNrbGVfdGltZXN0YW1wlJOUKIoHAED6wQibBU6MCGRhdGV0aW1llIwIdGltZXpvbmWUk5RoBowJdGltZWRlbHRhlJOUSwBLAEsAh5RSlIWUUpRLCXSUUpRoBSiKBwCg0d8cmwVOaA5LCXSUUpSMB25laXRoZXKUh5RSlC4=',
  ],
];

/** `interval_range(0.0, 2.0)`. */
const FLOATS =
  'gASVmwEAAAAAAACMHHBhbmRhcy5jb3JlLmluZGV4ZXMuaW50ZXJ2YWyUjBJfbmV3X0ludGVydmFsSW5kZXiUk5SMBnBhbmRhc5SMDUludGVydmFsSW5kZXiUk5R9lCiMBGxlZnSUjBhwYW5kYXMuY29yZS5pbmRleGVzLmJhc2WUjApfbmV3X0luZGV4lJOUaAOMBUluZGV4lJOUfZQojARkYXRhlIwWbnVtcHkuX2NvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsBSwKFlGgSjAVkdHlwZZSTlIwCZjiUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYolDEAAAAAAAAAAAAAAAAAAA8D+UdJRijARuYW1llE51hpRSlIwFcmlnaHSUaApoDH2UKGgOaBFoFEsAhZRoFoeUUpQoSwFLAoWUaB6JQxAAAAAAAADwPwAAAAAAAABAlHSUYmgjTnWGlFKUjAZjbG9zZWSUaCZoI051hpRSlC4=';
/** `Series([1, 2], name=0)`, and one of an int beyond 2^53 among objects. */
const NAMED =
  'gASVQAIAAAAAAACMBnBhbmRhc5SMBlNlcmllc5STlCmBlH2UKIwEX21ncpSMHnBhbmRhcy5jb3JlLmludGVybmFscy5tYW5hZ2Vyc5SMElNpbmdsZUJsb2NrTWFuYWdlcpSTlCmBlChdlIwYcGFuZGFzLmNvcmUuaW5kZXhlcy5iYXNllIwKX25ld19JbmRleJSTlGgAjApSYW5nZUluZGV4lJOUfZQojARuYW1llE6MBXN0YXJ0lEsAjARzdG9wlEsCjARzdGVwlEsBdYaUUpRhXZSMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsChZRoG4wFZHR5cGWUk5SMAmk4lImIh5RSlChLA4wBPJROTk5K/////0r/////SwB0lGKJQxABAAAAAAAAAAIAAAAAAAAAlHSUYmFdlGgNaA99lChoEU5oEksAaBNLAmgUSwF1hpRSlGF9lIwGMC4xNC4xlH2UKIwEYXhlc5RoCowGYmxvY2tzlF2UfZQojAZ2YWx1ZXOUaCGMCG1ncl9sb2NzlIwIYnVpbHRpbnOUjAVzbGljZZSTlEsASwJLAYeUUpR1YXVzdJRijARfdHlwlIwGc2VyaWVzlIwJX21ldGFkYXRhlF2UjAVfbmFtZZRhjAVhdHRyc5R9lIwGX2ZsYWdzlH2UjBdhbGxvd3NfZHVwbGljYXRlX2xhYmVsc5SIc2hDSwB1Yi4=';
const OBJECTS =
  'gASVPQIAAAAAAACMBnBhbmRhc5SMBlNlcmllc5STlCmBlH2UKIwEX21ncpSMHnBhbmRhcy5jb3JlLmludGVybmFscy5tYW5hZ2Vyc5SMElNpbmdsZUJsb2NrTWFuYWdlcpSTlCmBlChdlIwYcGFuZGFzLmNvcmUuaW5kZXhlcy5iYXNllIwKX25ld19JbmRleJSTlGgAjApSYW5nZUluZGV4lJOUfZQojARuYW1llE6MBXN0YXJ0lEsAjARzdG9wlEsCjARzdGVwlEsBdYaUUpRhXZSMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsChZRoG4wFZHR5cGWUk5SMAk84lImIh5RSlChLA4wBfJROTk5K/////0r/////Sz90lGKJXZQoSwGKCQAAAAAAAAAAQGV0lGJhXZRoDWgPfZQoaBFOaBJLAGgTSwJoFEsBdYaUUpRhfZSMBjAuMTQuMZR9lCiMBGF4ZXOUaAqMBmJsb2Nrc5RdlH2UKIwGdmFsdWVzlGghjAhtZ3JfbG9jc5SMCGJ1aWx0aW5zlIwFc2xpY2WUk5RLAEsCSwGHlFKUdWF1c3SUYowEX3R5cJSMBnNlcmllc5SMCV9tZXRhZGF0YZRdlIwFX25hbWWUYYwFYXR0cnOUfZSMBl9mbGFnc5R9lIwXYWxsb3dzX2R1cGxpY2F0ZV9sYWJlbHOUiHNoQ051Yi4=';

describe.each(ENGINES)('intervals, %s', (engine) => {
  it.each(INTERVALS)('%s', (text, base64) => {
    expect(String(loads(Buffer.from(base64, 'base64'), { engine, exact: true }))).toBe(text);
  });

  it('of a column of floats have floats as ends', () => {
    for (const exact of [false, true]) {
      const index = loads(Buffer.from(FLOATS, 'base64'), { engine, exact }) as Index;
      expect(Array.from(index, String)).toEqual(['(0.0, 1.0]', '(1.0, 2.0]']);
    }
  });
});

it.each([
  [NAMED, '{"name":0,"index":[0,1],"data":[1,2]}'],
  [OBJECTS, '{"name":null,"index":[0,1],"data":[1,"1180591620717411303424"]}'],
])('JSON of a Series has no bigints, %#', (base64, json) => {
  for (const exact of [false, true]) {
    expect(JSON.stringify(loads(Buffer.from(base64, 'base64'), { exact }) as Series)).toBe(json);
  }
});
