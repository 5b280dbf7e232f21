import { describe, expect, it } from 'vitest';
import { loads, PyDateTime, type PyDateutilZone } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';

const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** `datetime(2020, 7, 1, 12, tzinfo=tzoffset('X', 3600))`, and with `tzoffset(None, -7200)` and `tzlocal()` in UTC. */
const PICKLES: readonly (readonly [pickle: string, zone: string, seconds: number])[] = [
  [
    'gASVgQAAAAAAAACMCGRhdGV0aW1llIwIZGF0ZXRpbWWUk5RDCgfkBwEMAAAAAACUjA5kYXRldXRpbC50ei50epSMCHR6b2Zmc2V0lJOUKYGUfZQojAVfbmFtZZSMAViUjAdfb2Zmc2V0lGgAjAl0aW1lZGVsdGGUk5RLAE0QDksAh5RSlHVihpRSlC4=',
    "tzoffset('X', 3600)",
    3600,
  ],
  [
    'gASVgwAAAAAAAACMCGRhdGV0aW1llIwIZGF0ZXRpbWWUk5RDCgfkBwEMAAAAAACUjA5kYXRldXRpbC50ei50epSMCHR6b2Zmc2V0lJOUKYGUfZQojAVfbmFtZZROjAdfb2Zmc2V0lGgAjAl0aW1lZGVsdGGUk5RK/////0pgNQEASwCHlFKUdWKGlFKULg==',
    'tzoffset(None, -7200)',
    -7200,
  ],
  [
    'gASVxAAAAAAAAACMCGRhdGV0aW1llIwIZGF0ZXRpbWWUk5RDCgfkBwEMAAAAAACUjA5kYXRldXRpbC50ei50epSMB3R6bG9jYWyUk5QpgZR9lCiMC19zdGRfb2Zmc2V0lGgAjAl0aW1lZGVsdGGUk5RLAEsASwCHlFKUjAtfZHN0X29mZnNldJRoDYwKX2RzdF9zYXZlZJRoC0sASwBLAIeUUpSMB19oYXNkc3SUiYwIX3R6bmFtZXOUjANVVEOUjANVVEOUhpR1YoaUUpQu',
    'tzlocal()',
    0,
  ],
];

/** `tzfile(None, '/usr/share/zoneinfo/Europe/Berlin')` without the transitions that dateutil writes too. */
const FILE = Buffer.from('cdateutil.tz.tz\ntzfile\n(NV/usr/share/zoneinfo/Europe/Berlin\ntR.', 'latin1');

describe.each(ENGINES)('zones of dateutil, %s', (engine) => {
  it.each(PICKLES)('%#: have their names and offsets', (pickle, zone, seconds) => {
    for (const exact of [false, true]) {
      const value = loads(base64(pickle), { engine, exact }) as PyDateTime;
      expect(value).toBeInstanceOf(PyDateTime);
      expect(String(value.tzinfo)).toBe(zone);
      expect((value.tzinfo as PyDateutilZone).utcOffset()?.totalSeconds()).toBe(seconds);
    }
  });

  it('know the offsets of a file by the name of its zone', () => {
    const zone = loads(FILE, { engine }) as PyDateutilZone;
    expect(String(zone)).toBe("tzfile('/usr/share/zoneinfo/Europe/Berlin')");
    const clock = { year: 2020, month: 7, day: 1, hour: 12, minute: 0, second: 0, fold: 0 } as const;
    expect(zone.utcOffset(clock)?.totalSeconds()).toBe(7200);
    expect(zone.utcOffset()).toBeUndefined();
  });
});
