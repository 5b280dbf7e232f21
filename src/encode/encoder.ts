/** The encoder: how each value is written, and the loop that goes on with what is open. */
import { PyGlobal, PyInert, PyTuple } from '../values/py.ts';
import { putBare, saysNothing } from './bare.ts';
import { classInfoOf, contextFor, planOfInstance, type ClassInfo } from './classes.ts';
import { continueItems, continueProperties, putList, putProperties } from './containers.ts';
import { ITEMS, PROPERTIES, TUPLE } from './frame.ts';
import { putGlobal } from './globals.ts';
import { reduceDate, reduceTypedArray } from './natives.ts';
import { planOfInert, planOfReduction, planPersistent } from './objects.ts';
import type { Plan } from './plan.ts';
import { putPlain } from './plain.ts';
import { continuePlan, pushPlan } from './run-plan.ts';
import { DEFAULTS, type AnyClass } from './settings.ts';
import { continueTuple, putTuple } from './tuples.ts';
import { Writer } from './writer.ts';

const STOP = 0x2e;

/** Frames that are kept for the next pickle. */
const MAX_KEPT = 256;

/** Writes pickles one after another, with one memo. */
export class Encoder extends Writer {
  /** By prototypes of instances. */
  readonly #classes = new Map<object | null, ClassInfo>();

  #firstNumber = 0;

  /** Begins a pickle of the value: `run` writes it. @param pauseAt bytes in pieces that `run` stops for */
  begin(value: unknown, pauseAt: number): void {
    this.#firstNumber = this.memo.count;
    // Reducers may be others than for the pickle before.
    if (this.#classes.size > 0) this.#classes.clear();
    this.out.begin(this.protocol, pauseAt);
    this.put(value);
  }

  /**
   * Goes on until the pickle is done, or there are enough bytes in pieces: then these are to be taken.
   * @returns whether it is done
   */
  run(): boolean {
    const { out, frames } = this;
    while (this.depth >= 0) {
      if (out.pieceBytes >= out.pauseAt) return false;
      const frame = frames[this.depth]!;
      switch (frame.kind) {
        case ITEMS:
          continueItems(this, frame);
          break;
        case PROPERTIES:
          continueProperties(this, frame);
          break;
        case TUPLE:
          continueTuple(this, frame);
          break;
        default:
          continuePlan(this, frame);
      }
    }
    out.byte(STOP);
    out.end();
    return true;
  }

  /** The pickle failed: nothing of it counts, not what was memoed either. */
  abandon(): void {
    this.unwind();
    this.memo.rollBack(this.#firstNumber);
  }

  /** Forgets all of the pickles that were written, and what they were written by. */
  reset(): void {
    this.memo.clear();
    if (this.#classes.size > 0) this.#classes.clear();
    this.set(DEFAULTS);
    if (this.frames.length > MAX_KEPT) this.frames.length = MAX_KEPT;
  }

  override put(value: unknown): boolean {
    const { persistentId } = this.settings;
    if (persistentId !== undefined) {
      const id = persistentId(value);
      if (id !== undefined && id !== null) return this.#putPersistent(id);
    }
    return this.putValue(value);
  }

  override putKey(text: string): boolean {
    return this.settings.persistentId === undefined ? this.key(text) : this.put(text);
  }

  override putName(name: string): boolean {
    return this.settings.persistentId === undefined ? this.name(name) : this.put(name);
  }

  override putValue(value: unknown): boolean {
    switch (typeof value) {
      case 'number':
        this.number(value);
        return true;
      case 'string':
        this.string(value);
        return true;
      case 'object':
        return value === null ? this.none() : this.#putObject(value);
      case 'boolean':
        return this.boolean(value);
      case 'bigint':
        return this.bigint(value);
      case 'function':
        return this.#putFunction(value);
      default:
        throw this.error('UNPICKLABLE', typeof value === 'symbol' ? 'This is a symbol.' : 'This is undefined.');
    }
  }

  #putPersistent(id: unknown): boolean {
    const plan: Plan = [];
    planPersistent(this, plan, id);
    return pushPlan(this, plan, null);
  }

  #putObject(value: object): boolean {
    const prototype = Object.getPrototypeOf(value) as object | null;
    // These ask the memo themselves, and note the value at once.
    if (prototype === Object.prototype || prototype === null) return putProperties(this, value, value);
    if (prototype === Array.prototype) return putList(this, value as readonly unknown[], value);
    const index = this.refs ? this.memo.find(value) : undefined;
    if (index !== undefined) return this.get(index);
    if (prototype === PyTuple.prototype) return putTuple(this, value as PyTuple, value);
    return (
      this.#putBareInstance(value, prototype) ?? putPlain(this, value, prototype) ?? this.#putInstance(value, prototype)
    );
  }

  /** An instance of a class that was met before; undefined where there is more to ask. */
  #putBareInstance(value: object, prototype: object): boolean | undefined {
    const info = this.#classes.get(prototype);
    return info?.isBare === true && saysNothing(value) ? putBare(this, value, info.global!) : undefined;
  }

  #putInstance(value: object, prototype: object): boolean {
    const { reducerOverride } = this.settings;
    const reduction = reducerOverride?.(value);
    if (reduction !== undefined) return pushPlan(this, planOfReduction(this, value, reduction), value);
    if (value instanceof PyGlobal) return this.putGlobal(value);
    if (value instanceof PyInert) return pushPlan(this, planOfInert(this, value), value);
    let info = this.#classes.get(prototype);
    if (info === undefined) this.#classes.set(prototype, (info = classInfoOf(prototype, this.settings)));
    return this.#putBareInstance(value, prototype) ?? pushPlan(this, this.#planOf(value, prototype, info), value);
  }

  putGlobal(global: PyGlobal): boolean {
    const plan = putGlobal(this, global);
    return plan === undefined || pushPlan(this, plan, null);
  }

  #planOf(value: object, prototype: object, info: ClassInfo): Plan {
    const context = contextFor(this.protocol);
    const plan = planOfInstance(this, value, info, context);
    if (plan !== undefined) return plan;
    const reduction =
      value instanceof Date
        ? reduceDate(value)
        : ArrayBuffer.isView(value)
          ? reduceTypedArray(value, context)
          : undefined;
    if (reduction !== undefined) return planOfReduction(this, value, reduction);
    throw this.#refusal(value, prototype);
  }

  #refusal(value: object, prototype: object): Error {
    if (value instanceof Date) return this.error('UNPICKLABLE', 'This is a Date that Python has no datetime for.');
    const name = (prototype as { readonly constructor?: unknown }).constructor;
    const shown = typeof name === 'function' ? name.name : '';
    return this.error('UNREGISTERED_CLASS', `This is an instance of ${shown === '' ? 'a class without name' : shown}.`);
  }

  #putFunction(value: object): boolean {
    const reduction = this.settings.reducerOverride?.(value);
    if (reduction !== undefined) return pushPlan(this, planOfReduction(this, value, reduction), value);
    const name = this.settings.names.get(value);
    if (name === undefined) {
      throw this.error('UNPICKLABLE', `This is a function, ${(value as AnyClass).name}, that is not registered.`);
    }
    return this.putGlobal(new PyGlobal(name[0], name[1]));
  }
}
