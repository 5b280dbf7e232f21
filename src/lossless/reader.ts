/** Nodes of lossless JSON to values: the way back from `nodes.ts`. */
import { mapImport } from '../spec/imports.ts';
import { pickleError } from '../spec/pickle-error.ts';
import {
  PyBuffer,
  PyByteArray,
  PyDict,
  PyExtension,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PyPersistent,
  PySet,
  PyTuple,
  type How,
} from '../values/py.ts';
import { bytesOfBase64, floatOf, intOf } from './leaves.ts';
import { idsIn, isNode, readMarks, type Node } from './marks.ts';
import { TreeReader } from './tree-reader.ts';

export interface FromLosslessOptions {
  /** The out-of-band buffers, in order, where the JSON tells of some. */
  readonly buffers?: readonly Uint8Array[] | undefined;
  /** Whether globals are named as in Python 2, below protocol 3: each knows its name in Python 3 then. Default false. */
  readonly fixImports?: boolean | undefined;
}

/**
 * The value that a node of lossless JSON tells: what `loads(bytes, { exact: true, globals: 'inert' })` gives of the pickle.
 * Takes no stack: nodes may be nested as deep as memory goes.
 * @param node what JSON.parse gives, or `toLossless`
 * @throws JsonError with the path to what is wrong, as where long bytes are told by a digest; PickleError NO_BUFFER,
 *   LIMIT_CONTAINER
 */
export function fromLossless(node: unknown, options: FromLosslessOptions = {}): unknown {
  return new Reader(node, options).read(node);
}

/** What an object is made of, or was given. */
interface Part {
  readonly node: unknown;
  readonly step: string;
  readonly place: (value: unknown) => void;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const HOWS: ReadonlySet<unknown> = new Set<How>(['reduce', 'newobj', 'inst', 'obj']);
const PARTS: ReadonlySet<string> = new Set(['callable', 'args', 'how', 'kwargs', 'state', 'append', 'setitem', 'add']);
const MAX_TOLD = 40;

class Reader extends TreeReader {
  readonly #root: unknown;
  readonly #options: FromLosslessOptions;
  /** What has an id: its node and its value. */
  readonly #known = new Map<unknown, readonly [node: Node, value: unknown]>();
  /** Nodes by their ids: made when a reference comes before what it refers to, as in a set, whose items are sorted. */
  #ids: ReadonlyMap<unknown, Node> | undefined;

  constructor(root: unknown, options: FromLosslessOptions) {
    super();
    this.#root = root;
    this.#options = options;
  }

  protected override value(node: unknown): unknown {
    if (typeof node !== 'object' || node === null) {
      if (typeof node === 'string' || typeof node === 'boolean' || node === null) return node;
      return this.refuse(`A bare ${typeof node} is no node: {"int": "1"} is one.`);
    }
    const marks = readMarks(node);
    if (typeof marks === 'string') return this.refuse(marks);
    const { mark, content, id } = marks;
    if (mark === 'ref') return this.#referred(content);
    const known = id === undefined ? undefined : this.#known.get(id);
    if (known !== undefined) return known[0] === node ? known[1] : this.refuse(`Two nodes have the id ${String(id)}.`);
    const value = this.#made(mark, content, node as Node);
    if (id !== undefined) this.#known.set(id, [node as Node, value]);
    return value;
  }

  #made(mark: string, content: unknown, node: Node): unknown {
    switch (mark) {
      case 'int':
        return intOf(content) ?? this.refuse('An int is a string of decimal digits.');
      case 'float':
        return floatOf(content) ?? this.refuse('A float is a string of 16 hex digits.');
      case 'bytes':
        return this.#bytes(content);
      case 'bytearray':
        return new PyByteArray(this.#bytes(content).buffer);
      case 'list':
        return this.fill([], this.#list(mark, content), '.list', false);
      case 'tuple': {
        const nodes = this.#list(mark, content);
        return this.fill(new PyTuple(nodes.length), nodes, '.tuple', false);
      }
      case 'dict':
        return this.fill(new PyDict(), this.flat(this.#list(mark, content), mark), '.dict', false);
      case 'set':
        return this.fill(new PySet(), this.#list(mark, content), '.set', false);
      case 'frozenset':
        return this.fill(new PyFrozenSet(), this.#list(mark, content), '.frozenset', false);
      case 'global':
        return this.#global(content);
      case 'object':
        return this.#object(content);
      case 'persistent':
        return this.#persistent(content);
      case 'extension':
        return isCount(content) ? new PyExtension(content) : this.refuse('An extension is a number.');
      case 'buffer':
        return this.#buffer(content, node['readonly']);
      case 'error':
        return this.refuse('This tells of a pickle that could not be read.');
      default:
        return this.refuse(`${JSON.stringify(mark.slice(0, MAX_TOLD))} is no mark of lossless JSON.`);
    }
  }

  /** The value of an id: that of the node that has it, wherever that stands. */
  #referred(id: unknown): unknown {
    const known = this.#known.get(id);
    if (known !== undefined) return known[1];
    this.#ids ??= idsIn(this.#root);
    return this.value(this.#ids.get(id) ?? this.refuse(`No node has the id ${JSON.stringify(id)}.`));
  }

  /** In the order in which ids are numbered, which is that of `nodes.ts`. */
  #object(content: unknown): PyObject {
    if (!isNode(content)) return this.refuse('An object is {"callable": node, "args": node, "how": "reduce", ...}.');
    for (const name of Object.keys(content)) {
      if (!PARTS.has(name)) this.refuse(`An object has no part ${JSON.stringify(name.slice(0, MAX_TOLD))}.`);
    }
    for (const name of ['callable', 'args', 'how']) {
      if (!Object.hasOwn(content, name)) this.refuse(`The object has no "${name}".`);
    }
    if (!HOWS.has(content['how'])) this.refuse('The "how" of an object is "reduce", "newobj", "inst" or "obj".');
    const made = new PyObject(undefined, [], content['how'] as How);
    // It may be held by its own parts, so it is there before them.
    const open: Writable<PyObject> = made;
    const parts: Part[] = [
      { node: content['callable'], step: 'callable', place: (value) => (open.callable = value) },
      { node: content['args'], step: 'args', place: (value) => (open.args = this.#arguments(value)) },
    ];
    if (Object.hasOwn(content, 'kwargs')) {
      parts.push({ node: content['kwargs'], step: 'kwargs', place: (value) => (made.kwargs = value) });
    }
    this.#addParts(parts, content, 'state', (state) => made.addState(state));
    this.#addParts(parts, content, 'append', (item) => made.addAppends([item]));
    let key: unknown;
    let isKey = false;
    this.#addParts(parts, content, 'setitem', (value) => {
      isKey = !isKey;
      if (isKey) key = value;
      else made.addSetItems([[key, value]]);
    });
    this.#addParts(parts, content, 'add', (item) => made.addAdded([item]));
    this.fillBy(
      {
        value: made,
        nodes: parts.map(({ node }) => node),
        place: (index, value) => parts[index]!.place(value),
        step: (index) => `.object.${parts[index]!.step}`,
      },
      false,
    );
    return made;
  }

  #addParts(parts: Part[], content: Node, name: string, place: (value: unknown) => void): void {
    if (!Object.hasOwn(content, name)) return;
    const list = this.#list(name, content[name]);
    const isPairs = name === 'setitem';
    (isPairs ? this.flat(list, name) : list).forEach((node, i) => {
      const step = isPairs ? `${name}[${i >> 1}][${i & 1}]` : `${name}[${i}]`;
      parts.push({ node, step, place });
    });
  }

  #arguments(value: unknown): readonly unknown[] {
    return value instanceof PyTuple ? value : this.refuse('The "args" of an object are a tuple.');
  }

  #persistent(content: unknown): PyPersistent {
    const made = new PyPersistent(undefined);
    const open: Writable<PyPersistent> = made;
    this.fillBy({ value: made, nodes: [content], place: (_, id) => (open.id = id), step: () => '.persistent' }, false);
    return made;
  }

  #global(content: unknown): PyGlobal {
    const space = typeof content === 'string' ? content.indexOf(' ') : -1;
    if (typeof content !== 'string' || space < 0)
      return this.refuse('A global is "module name", with a space between.');
    const module = content.slice(0, space);
    const name = content.slice(space + 1);
    const [newModule, newName] = this.#options.fixImports === true ? mapImport(module, name) : [module, name];
    return new PyGlobal(newModule, newName, module, name);
  }

  #buffer(index: unknown, isReadonly: unknown): PyBuffer {
    if (!isCount(index) || typeof isReadonly !== 'boolean') {
      return this.refuse('A buffer is {"buffer": 0, "readonly": false}.');
    }
    const data = this.#options.buffers?.[index];
    if (data === undefined)
      throw pickleError('NO_BUFFER', { offset: -1, detail: `The JSON tells of buffer ${index}.` });
    return new PyBuffer(index, isReadonly, data);
  }

  #bytes(content: unknown): Uint8Array<ArrayBuffer> {
    const bytes = typeof content === 'string' ? bytesOfBase64(content) : undefined;
    if (bytes !== undefined) return bytes;
    if (isNode(content) && Object.hasOwn(content, 'sha256')) {
      return this.refuse(
        'Of long bytes only the SHA-256 is told here: they cannot come back. Write the JSON without --digests (digests: true).',
      );
    }
    return this.refuse('Bytes are a string of Base64, with its padding.');
  }

  #list(name: string, content: unknown): readonly unknown[] {
    return Array.isArray(content) ? content : this.refuse(`What "${name}" holds is no list.`);
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
