// oxlint-disable no-underscore-dangle -- the name is pickleparser's, and subclasses may use it
import { createPObject, type Resolved } from './p-object.ts';

/** Says what a global of the pickle is. */
export interface NameResolver {
  resolve(module: string, name: string): Resolved;
}

/**
 * Classes and functions by the names that pickles have for them. What is not registered becomes a PObject.
 * @example
 * const nameResolver = new NameRegistry().register('shop', 'Order', Order);
 * new Parser({ nameResolver }).parse(bytes);
 */
export class NameRegistry implements NameResolver {
  protected readonly _registry = new Map<string, Resolved>();

  /** @throws Error where the name is taken */
  register(module: string, name: string, func: Resolved): this {
    const fullName = NameRegistry.getFullyQualifiedName(module, name);
    if (this._registry.has(fullName)) throw new Error(`'${fullName}' is already registered.`);
    this._registry.set(fullName, func);
    return this;
  }

  resolve(module: string, name: string): Resolved {
    return this._registry.get(NameRegistry.getFullyQualifiedName(module, name)) ?? this.onMissingName(module, name);
  }

  /** What an unknown name stands for: override it to refuse. */
  onMissingName(module: string, name: string): Resolved {
    return createPObject(module, name);
  }

  static getFullyQualifiedName(module: string, name: string): string {
    return `${module}.${name}`;
  }
}
