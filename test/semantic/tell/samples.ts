/** What the truths know of classes that the pickles name: the sample application's, and a few of Python's own. */
import type { PyObject } from '../../../src/index.ts';

type Attrs = readonly (readonly [string, unknown])[];
type Attributes = (args: readonly unknown[], state: unknown, object: PyObject) => Attrs;

export type Sample =
  | { readonly kind: 'opaque'; readonly class?: string }
  | { readonly kind: 'dataclass'; readonly fields?: readonly string[] }
  | { readonly kind: 'enum'; readonly names: ReadonlyMap<string, string> }
  | { readonly kind: 'namedtuple'; readonly fields: readonly string[]; readonly class?: string }
  /** `attrs`: names of arguments after the first, which its constructor keeps as attributes. */
  | { readonly kind: 'exception'; readonly attrs?: readonly string[] }
  /** `prefix`: what its `__setstate__` puts before the names in the state. `isItself`: as a str it is itself. */
  | {
      readonly kind: 'subclass';
      readonly of: string;
      readonly prefix?: string;
      readonly class?: string;
      readonly last?: Attrs;
      readonly isItself?: boolean;
    }
  /** What its constructor or its `__setstate__` would set. */
  | { readonly kind: 'called'; readonly attrs: Attributes; readonly isWhole?: boolean; readonly last?: Attrs };

const enumOf = (names: Readonly<Record<string, string>>): Sample => ({
  kind: 'enum',
  names: new Map(Object.entries(names)),
});
const called = (attrs: Attributes, more: { isWhole?: boolean; last?: Attrs } = {}): Sample => {
  return { kind: 'called', attrs, ...more };
};
const parse = ['scheme', 'netloc', 'path', 'params', 'query', 'fragment'];
const split = ['scheme', 'netloc', 'path', 'query', 'fragment'];

function bag(args: readonly unknown[], state: unknown, { appends, setItems }: PyObject): Attrs {
  return [
    ['label', args[0] ?? ''],
    ['items', [...(appends ?? [])]],
    ['table', new Map(setItems)],
    ['state', state ?? null],
  ];
}

const MODELS: Readonly<Record<string, Sample>> = {
  Item: { kind: 'dataclass' },
  Tree: { kind: 'dataclass' },
  FrozenItem: { kind: 'dataclass' },
  SlotItem: { kind: 'dataclass' },
  FrozenSlotItem: { kind: 'dataclass', fields: ['name', 'size'] },
  Colour: enumOf({ 1: 'RED', '"green"': 'GREEN', '{"kind":"tuple","items":[0,0,255]}': 'BLUE' }),
  Level: enumOf({ 1: 'LOW', 10: 'HIGH' }),
  Word: enumOf({ '"yes"': 'YES', '"no"': 'NO' }),
  Access: enumOf({ 1: 'READ', 2: 'WRITE', 3: 'READ|WRITE' }),
  Mode: enumOf({ 1: 'A', 2: 'B', 3: 'A|B', 4: 'C', 5: 'A|C', 6: 'B|C', 7: 'A|B|C' }),
  Pair: { kind: 'namedtuple', fields: ['left', 'right'] },
  Employee: { kind: 'namedtuple', fields: ['name', 'id', 'tags'] },
  AppError: { kind: 'exception' },
  KeyedError: { kind: 'exception', attrs: ['hint'] },
  ListChild: { kind: 'subclass', of: 'list' },
  DictChild: { kind: 'subclass', of: 'dict' },
  SetChild: { kind: 'subclass', of: 'set' },
  FrozenChild: { kind: 'subclass', of: 'frozenset' },
  TupleChild: { kind: 'subclass', of: 'tuple' },
  IntChild: { kind: 'subclass', of: 'int' },
  FloatChild: { kind: 'subclass', of: 'float' },
  StrChild: { kind: 'subclass', of: 'str' },
  BytesChild: { kind: 'subclass', of: 'bytes' },
  ZeroCopyBytes: { kind: 'opaque' },
  Reduced: called((args) => [['parts', args]]),
  ReducedEx: called(([value, protocol]) => [
    ['value', value],
    ['protocol', protocol],
  ]),
  ReducedState: called(([key]) => [['key', key]]),
  Registered: called(([a]) => [['a', a]]),
  SixParts: called(([value]) => [
    ['value', value],
    ['restored', new Map([['note', 'by setter']])],
  ]),
  FalseState: called((_args, state) => (state === undefined ? [] : [['count', state]])),
  IntState: called((_args, state) => [['count', state]]),
  TupleState: called((_args, state) => [['values', (state as readonly unknown[])[1]]]),
  WithState: called(() => [], { last: [['handle', null]] }),
  TextReader: called(() => [], { last: [['file', null]] }),
  Bag: called(bag, { isWhole: true }),
};

export const SAMPLES: ReadonlyMap<string, Sample> = new Map<string, Sample>([
  ...Object.entries(MODELS).map(([name, sample]) => [`sampleapp.models.${name}`, sample] as const),
  ['urllib.parse.ParseResult', { kind: 'namedtuple', fields: parse }],
  ['urllib.parse.ParseResultBytes', { kind: 'namedtuple', fields: parse }],
  ['urllib.parse.SplitResult', { kind: 'namedtuple', fields: split }],
  ['random.Random', called(() => [['gauss_next', null]], { isWhole: true })],
  ['argparse.Namespace', called(() => [])],
  ['decimal.Context', { kind: 'opaque' }],
  ['operator.attrgetter', { kind: 'opaque' }],
  ['operator.itemgetter', { kind: 'opaque' }],
  ['operator.methodcaller', { kind: 'opaque' }],
  ['_io.StringIO', { kind: 'opaque' }],
  ['_io.BytesIO', { kind: 'opaque' }],
  ['os.stat_result', { kind: 'subclass', of: 'tuple' }],
  ['time.struct_time', { kind: 'subclass', of: 'tuple' }],
  ['http.cookies.Morsel', { kind: 'subclass', of: 'dict', prefix: '_' }],
  ['http.cookies.SimpleCookie', { kind: 'subclass', of: 'dict' }],
  ['celery.canvas.Signature', { kind: 'subclass', of: 'dict' }],
  [
    'celery.canvas.signature',
    { kind: 'subclass', of: 'dict', class: 'celery.canvas.Signature', last: [['_app', null]] },
  ],
  ['django.utils.safestring.SafeString', { kind: 'subclass', of: 'str', isItself: true }],
]);
