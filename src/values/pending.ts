/**
 * A registered call whose arguments lead back to its own result: `o = f(l)` and then `l.append(o)`. When values are made
 * from `l` on, `o` is made in its place; when they are made from `o` on, `l` is filled before `f` has given `o`. Then a
 * Pending stands for `o`, what holds it is noted, and gets `o` as soon as it is there. Meanwhile the place holds
 * undefined, or is left out where it is a key: `f` sees what Python's `f` would, a list not filled yet.
 *
 * Only hand-made pickles do this. So nothing looks out for it but one comparison after each container (`handed`), which
 * is not zero if a Pending was given out that no container has noted yet.
 */
export class Pending {
  private readonly notes: ((value: unknown) => void)[] = [];
  isSettled = false;
  /** The call going on that this one waits for, where it is not going on itself. */
  readonly waitsFor: Pending | undefined;

  constructor(waitsFor?: Pending) {
    this.waitsFor = waitsFor;
  }

  note(patch: (value: unknown) => void): void {
    this.notes.push(patch);
  }

  /** The value is there. */
  settle(value: unknown): void {
    this.isSettled = true;
    for (const patch of this.notes) patch(value);
    this.notes.length = 0;
  }
}

interface Counter {
  handed: number;
}

/** Notes the Pendings among the items `at` to `end` - 1 of an array. */
export function noteItems(m: Counter, items: unknown[], at = 0, end = items.length): void {
  for (let i = at; i < end && m.handed > 0; i++) {
    const item = items[i];
    if (!(item instanceof Pending)) continue;
    m.handed--;
    items[i] = undefined;
    item.note((value) => (items[i] = value));
  }
}

/** Notes the Pendings in an object's own properties. */
export function noteProperties(m: Counter, object: object): void {
  const fields = object as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (!(value instanceof Pending)) continue;
    m.handed--;
    // The property is there, so `__proto__` is assigned to like any.
    fields[key] = undefined;
    value.note((made) => (fields[key] = made));
  }
}

/** Notes the Pendings among a Map's keys and values. Entries under such keys come last, when they come. */
export function noteEntries(m: Counter, map: Map<unknown, unknown>): void {
  for (const [key, value] of Array.from(map)) {
    if (key instanceof Pending) {
      m.handed--;
      map.delete(key);
      key.note((made) => map.set(made, value instanceof Pending ? undefined : value));
    }
    if (value instanceof Pending) {
      m.handed--;
      if (!(key instanceof Pending)) map.set(key, undefined);
      value.note((made) => (key instanceof Pending ? undefined : map.set(key, made)));
    }
  }
}

/** Notes the Pendings in a Set. */
export function noteMembers(m: Counter, set: Set<unknown>): void {
  for (const item of Array.from(set)) {
    if (!(item instanceof Pending)) continue;
    m.handed--;
    set.delete(item);
    item.note((made) => set.add(made));
  }
}
