/** What a pickle names and calls, kept as it says: nothing here was imported, called or evaluated. */
import { keyKind, type KeyKind } from './keys.ts';
import { customInspect, printed, type Inspect, type PrintOptions, type PrintPart } from './py-print.ts';

/** A class or function that nothing is registered for. */
export class PyGlobal {
  /** After fix_imports: as Python 3 calls it. */
  readonly module: string;
  readonly name: string;
  /** As the pickle writes it. */
  readonly rawModule: string;
  readonly rawName: string;

  constructor(module: string, name: string, rawModule = module, rawName = name) {
    this.module = module;
    this.name = name;
    this.rawModule = rawModule;
    this.rawName = rawName;
  }

  get [keyKind](): KeyKind {
    return 'global';
  }

  toString(): string {
    return `${this.module}.${this.name}`;
  }

  toJSON(): unknown {
    return { $global: this.toString() };
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    const text = `[PyGlobal: ${this.toString()}]`;
    return options.stylize?.(text, 'special') ?? text;
  }
}

/** What seldom happens to an object after it was made. */
interface Extras {
  states?: unknown[];
  appends?: unknown[];
  setItems?: [unknown, unknown][];
  added?: unknown[];
  setters?: PyObject[];
}

/** Of the few objects that have any. A private field would make every object take three times as long to make. */
const extras = /* @__PURE__ */ new WeakMap<PyInert, Extras>();

function extrasOf(object: PyInert): Extras {
  let found = extras.get(object);
  if (found === undefined) extras.set(object, (found = {}));
  return found;
}

/** What BUILD, APPENDS, SETITEMS and ADDITEMS may fill: instances, persistent objects, extension objects. */
export abstract class PyInert {
  /** What the last BUILD gave; undefined where there was none. */
  state: unknown = undefined;

  /** What each BUILD gave, in order. */
  get states(): readonly unknown[] {
    return extras.get(this)?.states ?? (this.state === undefined ? [] : [this.state]);
  }

  /** Items of APPEND and APPENDS, in order. */
  get appends(): readonly unknown[] | undefined {
    return extras.get(this)?.appends;
  }

  /** Entries of SETITEM and SETITEMS, in order; equal keys are not merged. */
  get setItems(): readonly (readonly [unknown, unknown])[] | undefined {
    return extras.get(this)?.setItems;
  }

  /** Items of ADDITEMS, in order. */
  get added(): readonly unknown[] | undefined {
    return extras.get(this)?.added;
  }

  /** Calls with this object as first argument whose result was thrown away: state setters. */
  get setters(): readonly PyObject[] | undefined {
    return extras.get(this)?.setters;
  }

  /** BUILD. */
  addState(state: unknown): void {
    if (this.state !== undefined) (extrasOf(this).states ??= [this.state]).push(state);
    this.state = state;
  }

  /** APPEND and APPENDS. */
  addAppends(items: readonly unknown[]): void {
    const to = (extrasOf(this).appends ??= []);
    for (const item of items) to.push(item);
  }

  /** SETITEM and SETITEMS. */
  addSetItems(entries: readonly (readonly [unknown, unknown])[]): void {
    const to = (extrasOf(this).setItems ??= []);
    for (const [key, value] of entries) to.push([key, value]);
  }

  /** ADDITEMS. */
  addAdded(items: readonly unknown[]): void {
    const to = (extrasOf(this).added ??= []);
    for (const item of items) to.push(item);
  }

  addSetter(call: PyObject): void {
    (extrasOf(this).setters ??= []).push(call);
  }

  /** What was done to the object, by the names that its JSON has; what is missing did not happen. */
  protected steps(): Record<string, unknown> {
    const { states } = this;
    return {
      ...(states.length > 0 && (states.length === 1 ? { state: states[0] } : { states })),
      ...(this.appends && { appends: this.appends }),
      ...(this.setItems && { setItems: this.setItems }),
      ...(this.added && { added: this.added }),
    };
  }

  protected printedSteps(part: PrintPart): string {
    let out = '';
    for (const state of this.states) out += ` ${part(state)}`;
    if (this.appends) out += ` appends ${part(this.appends)}`;
    if (this.setItems) out += ` setItems ${part(new Map(this.setItems))}`;
    if (this.added) out += ` added ${part(new Set(this.added))}`;
    return out;
  }
}

/** How an object came to be: a call by REDUCE, `cls.__new__` by NEWOBJ, or protocol 0's INST and OBJ. */
export type How = 'reduce' | 'newobj' | 'inst' | 'obj';

/** The result of a call that was not made. */
export class PyObject extends PyInert {
  /** Mostly a PyGlobal. */
  readonly callable: unknown;
  readonly args: readonly unknown[];
  readonly how: How;
  /** NEWOBJ_EX's keyword arguments, a dict's value; undefined where there are none. */
  kwargs: unknown = undefined;

  constructor(callable: unknown, args: readonly unknown[], how: How) {
    super();
    this.callable = callable;
    this.args = args;
    this.how = how;
  }

  /** `module.name` of the callable; `()` after it for each call whose result is called. */
  get className(): string {
    let { callable } = this;
    let calls = '';
    while (callable instanceof PyObject && calls.length < 8) {
      callable = callable.callable;
      calls += '()';
    }
    if (callable instanceof PyGlobal) return `${callable.toString()}${calls}`;
    return `${typeof callable === 'function' ? callable.name : '?'}${calls}`;
  }

  override toString(): string {
    return `[object ${this.className}]`;
  }

  toJSON(): unknown {
    const kwargs = this.kwargs === undefined ? {} : { kwargs: this.kwargs };
    return { $object: this.className, args: this.args, ...kwargs, ...this.steps() };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printed(this, this.className, depth, options, inspect, (part) => {
      const args = this.args.map((arg) => part(arg));
      if (this.kwargs !== undefined) args.push(`**${part(this.kwargs)}`);
      return `${this.className}(${args.join(', ')})${this.printedSteps(part)}`;
    });
  }
}

/** What a persistent id stands for, where nobody was asked. */
export class PyPersistent extends PyInert {
  readonly id: unknown;

  constructor(id: unknown) {
    super();
    this.id = id;
  }

  toJSON(): unknown {
    return { $persistent: this.id, ...this.steps() };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printed(this, 'PyPersistent', depth, options, inspect, (part) => {
      return `PyPersistent(${part(this.id)})${this.printedSteps(part)}`;
    });
  }
}

/** What an extension code stands for, where the option `extensions` does not tell. */
export class PyExtension extends PyInert {
  readonly code: number;

  constructor(code: number) {
    super();
    this.code = code;
  }

  toJSON(): unknown {
    return { $extension: this.code, ...this.steps() };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printed(this, 'PyExtension', depth, options, inspect, (part) => {
      return `PyExtension(${this.code})${this.printedSteps(part)}`;
    });
  }
}
