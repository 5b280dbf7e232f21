/** What `made-older` tells by no more than what Python prints of it: partials, getters, times of the C library. */
import { PyGlobal, PyObject, PyPartial } from '../../../src/index.ts';
import type { Teller } from '../teller.ts';
import { instanceOf, type Instance } from './inert.ts';

const CLOCK = 'year mon mday hour min sec wday yday isdst'.split(' ');

const called = ({ name, args }: Instance): string => `${name}(${args.map(repr).join(', ')})`;

/** By the name of the class; null where Python prints no more than an address. */
const TEXTS: Readonly<Record<string, ((instance: Instance) => string) | null>> = {
  'operator.itemgetter': called,
  'operator.attrgetter': called,
  'time.struct_time': ({ args: [fields] }) =>
    `time.struct_time(${CLOCK.map((name, i) => `tm_${name}=${repr((fields as unknown[])[i])}`).join(', ')})`,
  '_io.BytesIO': null,
  '_io.StringIO': null,
};

function repr(value: unknown): string {
  if (value instanceof PyGlobal) return `<class '${value.module === 'builtins' ? value.name : value.toString()}'>`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}

export const olderTexts: Teller = {
  made: () => undefined,
  older(value) {
    if (value instanceof PyPartial) {
      const keywords = Array.from(value.keywords, ([key, item]) => `${key}=${repr(item)}`);
      const parts = [repr(value.func), ...value.args.map(repr), ...keywords];
      return { kind: 'other', class: 'functools partial', text: `functools.partial(${parts.join(', ')})` };
    }
    const instance = value instanceof PyObject ? instanceOf(value) : undefined;
    const text = instance && TEXTS[instance.name];
    if (instance === undefined || text === undefined) return undefined;
    return {
      kind: 'other',
      class: instance.name.replace(/\.(\w+)$/, ' $1'),
      text: text === null ? null : text(instance),
    };
  },
};
