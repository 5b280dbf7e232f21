/** Type hints: what `list[int]`, `int | None` and `typing.Optional[int]` pickle as. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, printedShort, type PrintOptions } from '../../values/py-print.ts';
import { PyGlobal, PyInert, PyObject } from '../../values/py.ts';

/** `alias` is types.GenericAlias, `union` types.UnionType, `typing` what indexing a name of module typing gives. */
export type TypeHintKind = 'alias' | 'union' | 'typing';

/** A type with parameters, or several types of which one is meant. */
export class PyTypeHint {
  readonly kind: TypeHintKind;
  /** What was indexed: `builtins.list`, `typing.Union`; of a union null. */
  readonly origin: unknown;
  /** Types, or whatever else stands in the brackets. */
  readonly args: readonly unknown[];

  constructor(kind: TypeHintKind, origin: unknown, args: readonly unknown[]) {
    this.kind = kind;
    this.origin = origin;
    this.args = args;
  }

  /** As Python's repr: `list[int]`, `int | None`, `typing.Optional[int]`. Beyond 1,000 parts it ends in `...`. */
  toString(): string {
    return new HintWriter().write(this, 0);
  }

  /** Of module typing, what stands in brackets need not be hashable here where it is in Python. */
  [keyValue](): KeyValue {
    return this.kind === 'typing' ? undefined : ['type hint', this.kind, this.origin, ...this.args];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyTypeHint ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Few bytes may share one hint within others many times over. */
const MAX_PARTS = 1_000;
const MAX_DEPTH = 64;

class HintWriter {
  #left = MAX_PARTS;

  write(part: unknown, depth: number): string {
    if (this.#left-- <= 0 || depth > MAX_DEPTH) return '...';
    if (part instanceof PyTypeHint) return this.#hint(part, depth);
    if (part instanceof PyGlobal) return nameOf(part);
    if (Array.isArray(part)) return `[${this.#list(part, depth)}]`;
    if (typeof part === 'string') return `'${part}'`;
    if (part === true || part === false) return part ? 'True' : 'False';
    if (part === null || isNoneType(part)) return 'None';
    return part instanceof PyInert ? '<object>' : String(part);
  }

  #hint({ kind, origin, args }: PyTypeHint, depth: number): string {
    if (kind === 'union') return this.#list(args, depth, ' | ');
    if (kind === 'typing' && String(origin) === 'typing.Union') {
      const [first, second, ...more] = args;
      // As Python's, which has no other text for a union of two with None.
      if (more.length === 0 && isNoneType(second)) return `typing.Optional[${this.write(first, depth + 1)}]`;
    }
    const [start, end] = args.length === 0 ? ['[()', ']'] : ['[', ']'];
    return `${this.write(origin, depth + 1)}${start}${this.#list(args, depth)}${end}`;
  }

  #list(parts: readonly unknown[], depth: number, separator = ', '): string {
    const shown: string[] = [];
    for (const part of parts) {
      shown.push(this.write(part, depth + 1));
      if (this.#left <= 0) break;
    }
    return shown.join(separator);
  }
}

/** Classes of builtins by their bare names, as Python's repr of hints has them. */
function nameOf({ module, name }: PyGlobal): string {
  if (module !== 'builtins') return `${module}.${name}`;
  return name === 'Ellipsis' ? '...' : name;
}

/** `type(None)`, which has no name to be pickled by. */
export function isNoneType(part: unknown): boolean {
  if (!(part instanceof PyObject) || !(part.callable instanceof PyGlobal)) return false;
  const { callable, args } = part;
  return callable.toString() === 'builtins.type' && args.length === 1 && args[0] === null;
}
