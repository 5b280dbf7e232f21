/** polars' types and schemas, which stay as they are pickled. Frames and series are bytes of its own, not read here. */
import { PyObject } from '../../../src/index.ts';
import type { Teller } from '../teller.ts';
import { madePairs } from './base.ts';
import { attributesOf, instanceOf } from './inert.ts';

export const polars: Teller = {
  made(value, tell) {
    const instance = value instanceof PyObject ? instanceOf(value) : undefined;
    if (instance === undefined || !instance.name.startsWith('polars.')) return undefined;
    const { name, object } = instance;
    if (name === 'polars.schema.Schema') {
      return { kind: 'subclass', of: 'dict', class: name, items: madePairs(object.setItems ?? [], tell) };
    }
    const attrs = madePairs(attributesOf(instance), tell);
    return { kind: 'object', class: name, ...(attrs.length > 0 && { attrs }) };
  },
  older: () => undefined,
};
