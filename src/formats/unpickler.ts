/** The class to subclass, for input in containers too. */
import type { PickleReader } from '../decode/pickle-reader.ts';
import type { PickleSource } from '../decode/source.ts';
import { Unpickler as PlainUnpickler } from '../decode/unpickler.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import type { LoadOptions } from './open.ts';

/**
 * Reads pickles with rules of your own: override `findClass` to say what a global stands for, and `persistentLoad` to say
 * what a persistent id stands for. Its source may lie in containers, or be a file of torch, joblib or numpy, as that of the
 * function `load`, and so are its options; such a file gives one value. Storages of torch are found without `persistentLoad`.
 *
 * @example
 * class MyUnpickler extends Unpickler {
 *   override findClass(module, name) {
 *     if (module === 'shop' && name === 'Order') return Order;
 *     return super.findClass(module, name);
 *   }
 * }
 * const orders = await new MyUnpickler('orders.pkl.gz').load();
 */
export class Unpickler extends PlainUnpickler<LoadOptions> {
  /** @internal */
  protected override async openPickles(
    source: PickleSource,
    options: LoadOptions | undefined,
    resolved: ResolvedOptions,
  ): Promise<PickleReader> {
    const { openPickles } = await import('./open.ts');
    return (await openPickles(source, options, undefined, resolved)).reader;
  }
}
