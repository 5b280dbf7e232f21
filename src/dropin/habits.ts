/** What a drop-in does as the package does whose place it takes; all else is the decoder's. */
import type { How } from '../values/py.ts';
import type { TypeContext } from '../spec/options.ts';
import type { Where } from '../bytes/where.ts';

export interface Habits {
  /** Whether sets are Arrays. */
  readonly setsAreArrays: boolean;
  /**
   * What a global is, by its names as the pickle has them.
   * @throws PickleError, at `where`, or what the caller's own code throws
   */
  global(module: string, name: string, where: Where): unknown;
  /** What an extension code stands for, where the options keep such codes. */
  extension?(code: number): unknown;
  /**
   * The result of a call, or an instance.
   * @param kwargs those of NEWOBJ_EX, as a dict is
   * @throws PickleError without a place, or what is called throws
   */
  call(callee: unknown, how: How, args: readonly unknown[], kwargs: unknown, context: TypeContext): unknown;
  /** The out-of-band buffer of a number, counted from 0. */
  buffer(index: number): unknown;
}
