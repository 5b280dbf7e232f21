/** Plain JSON to values: the way back from `values/jsonable.ts`, as far as its marks tell what a value was. */
import { PyByteArray, PyDict, PyExtension, PyFrozenSet, PyPersistent, PySet, PyTuple } from '../values/py.ts';
import { bytesOfBase64, floatOf } from './leaves.ts';
import { parseMany, parseOne, type TextPieces } from './parse.ts';
import { keyStep } from './paths.ts';
import { JsonObject, PlainMaker } from './plain-maker.ts';
import { stepsOf, treeAt } from './plain-ref.ts';
import { TreeReader } from './tree-reader.ts';

export interface FromJsonOptions {
  /** Whether keys that begin with `$` are marks, as `toJsonText` writes them. Default true. */
  readonly marks?: boolean | undefined;
  /** Digits of an int. Default 4,300, as in Python. */
  readonly maxIntDigits?: number | undefined;
}

/**
 * The value that readable JSON tells, made for writing it as a pickle: 1 is an int and 1.0 a float (a PyFloat), ints of any
 * size are exact, objects are Maps in the order of their keys, and NaN and Infinity are taken, as Python's json writes them.
 *
 * The marks of `toJsonText` are read back where they say all: `$float`, `$tuple`, `$set`, `$frozenset`, `$map`, `$bytes`,
 * `$bytearray`, `$date`, `$persistent`, `$extension`, `$cycle`, `$ref` with a path, and `$$key`. Lists within keys are tuples.
 * @throws JsonError where the text is no JSON or a mark says too little; PickleError LIMIT_INT_DIGITS, LIMIT_CONTAINER
 */
export function fromJsonText(text: string, options: FromJsonOptions = {}): unknown {
  const maker = new PlainMaker(options.maxIntDigits);
  const tree = parseOne(text, maker);
  return new Reader(tree, options, maker.hasReferences).read(tree);
}

/** The same for text in pieces, which may hold several values one after another, as lines or without anything between. */
export async function* fromJsonPieces(
  pieces: TextPieces,
  options: FromJsonOptions = {},
): AsyncGenerator<unknown, void> {
  const maker = new PlainMaker(options.maxIntDigits);
  for await (const tree of parseMany(pieces, maker)) {
    yield new Reader(tree, options, maker.hasReferences).read(tree);
  }
}

const WORDS: ReadonlyMap<unknown, number> = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);
/** Marks that tell people what a value is, but not how to make it again. */
const TELLING: ReadonlySet<string> = new Set(
  ['global', 'object', 'buffer', 'array', 'function', 'symbol', 'undefined'].map((name) => `$${name}`),
);
const MAX_TOLD = 40;

class Reader extends TreeReader {
  readonly #root: unknown;
  readonly #hasMarks: boolean;
  /** Values by their trees, where there are references. */
  readonly #made: Map<object, object> | undefined;

  constructor(root: unknown, options: FromJsonOptions, hasReferences: boolean) {
    super();
    this.#root = root;
    this.#hasMarks = options.marks !== false;
    if (hasReferences && this.#hasMarks) this.#made = new Map();
  }

  protected override value(tree: unknown, isKey: boolean): unknown {
    if (Array.isArray(tree)) return this.#kept(tree, this.#list(tree, isKey, '', isKey));
    if (!(tree instanceof JsonObject)) return tree;
    const first = tree.keys[0];
    if (!this.#hasMarks || first === undefined || !first.startsWith('$') || first.startsWith('$$')) {
      return this.#kept(tree, this.#object(tree, isKey));
    }
    if (TELLING.has(first)) {
      return this.refuse(`"${first}" tells what a value is, but not how to make it again: use lossless JSON.`);
    }
    const value = tree.keys.length === 1 ? this.#marked(first, tree.values[0], isKey) : undefined;
    if (value === undefined) {
      this.refuse(
        `${JSON.stringify(first.slice(0, MAX_TOLD))} is no mark. Say --no-marks (marks: false) where keys with $ are data.`,
      );
    }
    return typeof value === 'object' && value !== null ? this.#kept(tree, value) : value;
  }

  /** The value of a mark; undefined where there is no such mark. */
  #marked(mark: string, content: unknown, isKey: boolean): unknown {
    switch (mark) {
      case '$float':
        return (
          WORDS.get(content) ?? floatOf(content) ?? this.refuse('A $float is "nan", "inf", "-inf" or 16 hex digits.')
        );
      case '$bytes':
        return this.#bytes(content);
      case '$bytearray':
        return new PyByteArray(this.#bytes(content).buffer);
      case '$tuple':
        return this.#list(this.#items(mark, content), isKey, '.$tuple', true);
      case '$set':
        return this.fill(isKey ? new PyFrozenSet() : new PySet(), this.#items(mark, content), '.$set', isKey);
      case '$frozenset':
        return this.fill(new PyFrozenSet(), this.#items(mark, content), '.$frozenset', isKey);
      case '$map':
        return this.fill(new PyDict(), this.flat(this.#items(mark, content), mark), '.$map', isKey);
      case '$date':
        return this.#date(content);
      case '$persistent':
        return this.#persistent(content, isKey);
      case '$extension':
        return isCount(content) ? new PyExtension(content) : this.refuse('An $extension is a number.');
      case '$cycle':
        return (
          (isCount(content) ? this.enclosing(content) : undefined) ?? this.refuse('There is no such value around.')
        );
      case '$ref':
        return this.#referred(content);
      default:
        return undefined;
    }
  }

  #kept<T extends object>(tree: object, value: T): T {
    this.#made?.set(tree, value);
    return value;
  }

  #list(trees: readonly unknown[], isKey: boolean, name: string, isTuple: boolean): unknown[] {
    return this.fill(isTuple ? new PyTuple(trees.length) : [], trees, name, isKey);
  }

  #object({ keys, values }: JsonObject, isKey: boolean): Map<string, unknown> {
    const map = new Map<string, unknown>();
    this.checkEntries(keys.length);
    this.fillBy(
      {
        value: map,
        nodes: values,
        place: (index, value) => void map.set(this.#key(keys[index]!), value),
        step: (index) => keyStep(keys[index]!),
      },
      isKey,
    );
    return map;
  }

  #key(key: string): string {
    if (!this.#hasMarks || !key.startsWith('$')) return key;
    if (key.startsWith('$$')) return key.slice(1);
    return this.refuse(`A key that begins with $ stands among others. Say --no-marks (marks: false) where it is data.`);
  }

  #items(mark: string, content: unknown): readonly unknown[] {
    return Array.isArray(content) ? content : this.refuse(`What ${mark} holds is no list.`);
  }

  #bytes(content: unknown): Uint8Array<ArrayBuffer> {
    const bytes = typeof content === 'string' ? bytesOfBase64(content) : undefined;
    return bytes ?? this.refuse('Bytes are a string of Base64, with its padding.');
  }

  #date(content: unknown): Date {
    const date = new Date(typeof content === 'string' ? content : NaN);
    return Number.isNaN(date.getTime()) ? this.refuse('A $date is an ISO 8601 text.') : date;
  }

  #persistent(content: unknown, isKey: boolean): PyPersistent {
    const made = new PyPersistent(undefined);
    const open: { id: unknown } = made;
    const place = (_: number, id: unknown): void => void (open.id = id);
    this.fillBy({ value: made, nodes: [content], place, step: () => '.$persistent' }, isKey);
    return made;
  }

  #referred(path: unknown): object {
    const steps = typeof path === 'string' ? stepsOf(path) : undefined;
    if (steps === undefined)
      return this.refuse('A $ref is a path such as "$.a[0].b": one that counts characters is not read.');
    const tree = treeAt(this.#root, steps);
    const value = tree === undefined ? undefined : this.#made?.get(tree);
    return value ?? this.refuse('A $ref goes to a list or object that stands before it.');
  }
}

/** Whole numbers from 0 on, as the tree has them. */
function isCount(content: unknown): content is number {
  return typeof content === 'number' && Number.isSafeInteger(content) && content >= 0;
}
