/** Exceptions, kept as values: nothing is thrown. */
import type { Attributes } from './collections.ts';

/** An exception of Python's own. */
export class PyException {
  /** Such as `ValueError`. */
  readonly name: string;
  readonly args: readonly unknown[];
  /** Attributes that a program has given it; null where there are none. */
  attrs: Attributes = null;

  constructor(name: string, args: readonly unknown[]) {
    this.name = name;
    this.args = args;
  }

  /** What Python's str gives: nothing, the one argument, or all of them. */
  get message(): string {
    if (this.args.length === 0) return '';
    if (this.args.length === 1) return String(this.args[0]);
    return `(${this.args.map((arg) => (typeof arg === 'string' ? `'${arg}'` : String(arg))).join(', ')})`;
  }

  /** As the last line of a traceback: `ValueError: bad`. */
  toString(): string {
    const { message } = this;
    return message === '' ? this.name : `${this.name}: ${message}`;
  }

  toJSON(): unknown {
    return {
      $exception: this.name,
      args: this.args,
      ...(this.attrs !== null && { attrs: Object.fromEntries(this.attrs) }),
    };
  }
}
