/** polars' values. Its types, schemas and plans stay as they are pickled. */
import { PolarsDataFrame, PolarsSeries, PyObject, Timedelta, Timestamp } from '../../../src/index.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs, madeSequence } from './base.ts';
import { attributesOf, instanceOf } from './inert.ts';
import { spanNode } from './pyarrow.ts';

/** What Python finds in a plan: an object of polars' own, whose bytes nobody looks into. */
const PLANS: Readonly<Record<string, readonly [attribute: string, className: string]>> = {
  'polars.lazyframe.frame.LazyFrame': ['_ldf', 'builtins.PyLazyFrame'],
  'polars.expr.expr.Expr': ['_pyexpr', 'builtins.PyExpr'],
};

export const polars: Teller = {
  made(value, tell) {
    if (value instanceof PolarsDataFrame) {
      const columns = value.getColumns().map((series) => columnNode(series, tell));
      return { kind: 'polars.frame', shape: value.shape, columns };
    }
    if (value instanceof PolarsSeries) return { kind: 'polars.series', ...columnNode(value, tell) };
    const instance = value instanceof PyObject ? instanceOf(value) : undefined;
    if (instance === undefined || !instance.name.startsWith('polars.')) return undefined;
    const { name, object } = instance;
    if (name === 'polars.schema.Schema') {
      return { kind: 'subclass', of: 'dict', class: name, items: madePairs(object.setItems ?? [], tell) };
    }
    const plan = PLANS[name];
    if (plan !== undefined && object.state instanceof Uint8Array) {
      return { kind: 'object', class: name, attrs: [[plan[0], { kind: 'object', class: plan[1] }]] };
    }
    const attrs = madePairs(attributesOf(instance), tell);
    return { kind: 'object', class: name, ...(attrs.length > 0 && { attrs }) };
  },
  older: () => undefined,
};

function columnNode(series: PolarsSeries, tell: Tell): Record<string, unknown> {
  const { name, dtype } = series;
  return { name, dtype, values: madeSequence('list', series.toArray(), (value) => valueNode(value, tell)) };
}

/** As Python gets them: times to the microsecond, structs as dicts. */
function valueNode(value: unknown, tell: Tell): unknown {
  if (Array.isArray(value)) return value.map((item) => valueNode(item, tell));
  if (value instanceof Timestamp) return { kind: 'datetime', iso: String(value), fold: 0, tz: tell(value.tz) };
  if (value instanceof Timedelta) return spanNode(value);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return { kind: 'dict', items: Object.entries(value).map(([name, part]) => [name, valueNode(part, tell)]) };
  }
  return tell(value);
}
