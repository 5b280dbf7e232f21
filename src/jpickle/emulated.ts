/** What pickles may call, by their names: the caller adds to it. */
import { dateOf } from './datetime.ts';

/**
 * Gets the arguments as one Array, where a pickle calls it. Where a pickle makes an instance, it is constructed, with each
 * argument for itself.
 */
export type Emulated = (new (...args: never[]) => unknown) | ((...args: never[]) => unknown);

/**
 * Classes and functions by `module.name`.
 * @example
 * emulated['__main__.MyClass'] = MyClass;
 */
export const emulated: Record<string, Emulated> = {
  'datetime.datetime': dateOf,
  'django.utils.timezone.UTC': () => 'UTC',
};

/** What is emulated under a name, if anything is. */
export function emulatedAs(name: string): Emulated | undefined {
  return Object.hasOwn(emulated, name) ? emulated[name] : undefined;
}
