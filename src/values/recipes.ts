/**
 * What a pickle said of the values that types and registered classes have made of it: the call, and what was done to its
 * result. An exact decode keeps it, so that the values can be written again as they were. Plain containers, bytes and
 * numbers have none: they tell themselves.
 */
import { PyByteArray, PyDict, PyFloat, PyFrozenSet, PyGlobal, PyInert, PyObject, PySet, PyTuple } from './py.ts';

/** As long as the values live, and no longer. */
const recipes = new WeakMap<object, Recipe>();

/**
 * What a value of an exact decode was made by, as an inert object whose parts are the values that other places hold too.
 * Undefined for values that tell themselves, and for those of other decodes.
 */
export function recipeOf(value: object): PyObject | undefined {
  return recipes.get(value);
}

/** A call, with the decode that made it. */
class Recipe extends PyObject {
  readonly #book: RecipeBook;

  constructor(call: PyObject, book: RecipeBook) {
    super(call.callable, call.args, call.how);
    this.kwargs = call.kwargs;
    this.#book = book;
  }

  isOf(book: RecipeBook): boolean {
    return this.#book === book;
  }
}

/** The recipes of one decode. */
export class RecipeBook {
  /** The call that was made last, whatever it gave. */
  lastCall: PyObject | undefined;

  /** A call was made, and has given a value. A call that gives what another gave before is the first one's. */
  keep(call: PyObject, result: unknown): void {
    this.lastCall = call;
    if (!canHaveRecipe(result) || this.of(result) !== undefined) return;
    recipes.set(result, new Recipe(call, this));
  }

  /** The recipe of a value that this decode has made, to which may be added. */
  of(value: unknown): PyObject | undefined {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
    const recipe = recipes.get(value);
    return recipe?.isOf(this) === true ? recipe : undefined;
  }
}

const PLAIN: ReadonlySet<unknown> = /* @__PURE__ */ new Set<unknown>([
  null,
  Object.prototype,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Uint8Array.prototype,
  PyTuple.prototype,
  PyDict.prototype,
  PySet.prototype,
  PyFrozenSet.prototype,
  PyByteArray.prototype,
  PyFloat.prototype,
  PyGlobal.prototype,
]);

function canHaveRecipe(value: unknown): value is object {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return !(value instanceof PyInert) && !PLAIN.has(Object.getPrototypeOf(value));
}
