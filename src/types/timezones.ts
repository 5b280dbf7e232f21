/** Zones with rules: zoneinfo, pytz, dateutil. Nothing is looked up on a disk: a zone is its name. */
import type { EncodeContext, Reduction } from '../spec/reducer.ts';
import type { PyType, TypeFamily } from '../spec/options.ts';
import { PyGlobal, PyObject } from '../values/py.ts';
import { intOf, made, madeOf, smallIntOf } from './stdlib/arguments.ts';
import { type DateutilKind, PyDateutilZone } from './stdlib/dateutil-zones.ts';
import { fixed, instanceOf } from './stdlib/reduce.ts';
import { ZONE_REDUCERS } from './stdlib/reduce-dates.ts';
import { PyTimeDelta, PyTimezone } from './stdlib/spans.ts';
import { PyPytzZone, PyZoneInfo } from './stdlib/zones.ts';

export const timezones: TypeFamily = {
  name: 'timezones',
  get types(): TypeFamily['types'] {
    return [
      ['zoneinfo', 'ZoneInfo', madeOf((args) => (args.length === 1 ? zoneOf(args[0]) : undefined))],
      ['backports.zoneinfo', 'ZoneInfo', madeOf((args) => (args.length === 1 ? zoneOf(args[0]) : undefined))],
      ['builtins', 'getattr', madeOf(getattr)],
      ['pytz', '_UTC', madeOf((args) => (args.length === 0 ? new PyPytzZone('UTC', ZERO, ZERO, 'UTC') : undefined))],
      ['pytz', '_p', madeOf(pytz)],
      ['pytz', 'FixedOffset', madeOf(pytzFixed)],
      ['pytz', '_FixedOffset', madeOf(pytzFixed)],
      ['dateutil.tz.tz', 'tzutc', made((args) => (args.length === 0 ? new PyTimezone(ZERO) : undefined), { setState })],
      ['dateutil.tz.tz', 'tzoffset', dateutil('tzoffset', 0)],
      ['dateutil.tz.tz', 'tzlocal', dateutil('tzlocal', 0)],
      ['dateutil.tz.tz', 'tzfile', dateutil('tzfile', 2)],
    ];
  },
  reducers: [...ZONE_REDUCERS, fixed(PyDateutilZone, reduceDateutil)],
};

/** A class of dateutil's, which pickles call with so many arguments and then give its attributes. */
function dateutil(kind: DateutilKind, count: number): PyType {
  return {
    ...madeOf((args) => (args.length === count ? new PyDateutilZone(kind, args) : undefined)),
    setState(target, state) {
      if (target instanceof PyDateutilZone) target.state = state;
    },
  };
}

function reduceDateutil({ kind, args, state }: PyDateutilZone, context: EncodeContext): Reduction {
  const cls = new PyGlobal('dateutil.tz.tz', kind);
  return args.length > 0 ? [cls, args, state] : instanceOf(cls, state, context);
}

const ZERO = new PyTimeDelta(0, 0, 0);

/** dateutil's tzutc is written with an empty state. */
function setState(): void {}

function zoneOf(key: unknown): PyZoneInfo | undefined {
  return typeof key === 'string' ? new PyZoneInfo(key) : undefined;
}

/** `getattr(ZoneInfo, '_unpickle')`, which is then called with the key; no other attribute of anything is given. */
function getattr(args: readonly unknown[]): unknown {
  const [cls, name] = args;
  if (args.length !== 2 || name !== '_unpickle' || !(cls instanceof PyGlobal)) return undefined;
  if (cls.name !== 'ZoneInfo' || (cls.module !== 'zoneinfo' && cls.module !== 'backports.zoneinfo')) return undefined;
  return (...given: readonly unknown[]) => {
    // The second argument says whether Python may take the zone from its cache.
    const zone = given.length === 2 ? zoneOf(given[0]) : undefined;
    return zone ?? new PyObject(new PyObject(new PyGlobal('builtins', 'getattr'), args, 'reduce'), given, 'reduce');
  };
}

/** `_p(zone)`, or `_p(zone, offset, dst, name)` with the offsets in seconds. */
function pytz(args: readonly unknown[]): PyPytzZone | undefined {
  const [zone, offset, dst, name] = args;
  if (typeof zone !== 'string') return undefined;
  if (args.length === 1) return new PyPytzZone(zone, null, null, null);
  const [offsetSpan, dstSpan] = [secondsOf(offset), secondsOf(dst)];
  if (args.length !== 4 || offsetSpan === undefined || dstSpan === undefined || typeof name !== 'string')
    return undefined;
  return new PyPytzZone(zone, offsetSpan, dstSpan, name);
}

function secondsOf(value: unknown): PyTimeDelta | undefined {
  const seconds = intOf(value);
  return seconds === undefined ? undefined : PyTimeDelta.fromMicroseconds(seconds * 1_000_000n);
}

/** `FixedOffset(minutes)`. */
function pytzFixed(args: readonly unknown[]): PyPytzZone | undefined {
  const minutes = smallIntOf(args[0], -1439, 1439);
  if (args.length !== 1 || minutes === undefined) return undefined;
  const offset = PyTimeDelta.fromMicroseconds(BigInt(minutes) * 60_000_000n)!;
  return new PyPytzZone(minutes === 0 ? 'UTC' : null, offset, ZERO, minutes === 0 ? 'UTC' : null);
}
