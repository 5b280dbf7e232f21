/** Exceptions, kept as values: nothing is thrown. */
import type { Attributes } from './collections.ts';

/** An exception of Python's own. */
export class PyException {
  /** Such as `ValueError`. */
  readonly name: string;
  /** As Python's `args`: of an OSError the number and the text. */
  readonly args: readonly unknown[];
  /** The files of an OSError, as it was given them; none for other exceptions. */
  readonly files: readonly unknown[];
  /** Attributes that a program has given it; null where there are none. */
  attrs: Attributes = null;

  constructor(name: string, args: readonly unknown[], files: readonly unknown[] = []) {
    this.name = name;
    this.args = args;
    this.files = files;
  }

  /** What Python's str gives: nothing, the one argument, or all of them. */
  get message(): string {
    if (this.args.length === 0) return '';
    if (this.files.length > 0) {
      const files = this.files.map((file) => `'${String(file)}'`).join(' -> ');
      return `[Errno ${String(this.args[0])}] ${String(this.args[1])}: ${files}`;
    }
    if (this.name === 'KeyError' && typeof this.args[0] === 'string' && this.args.length === 1)
      return `'${this.args[0]}'`;
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
      ...(this.files.length > 0 && { files: this.files }),
      ...(this.attrs !== null && { attrs: Object.fromEntries(this.attrs) }),
    };
  }
}
