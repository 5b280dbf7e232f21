/** What a key becomes as the name of a property. */

/** Tuples within tuples, and the length of what they become: shared parts would be written again and again. */
const MAX_NESTING = 32;
const MAX_JOINED = 65_536;

/** The text that JavaScript makes of a key; undefined where that would not tell it from others of its class. */
export function textOfKey(key: unknown): string | undefined {
  return textOf(key, MAX_NESTING, { left: MAX_JOINED });
}

interface Room {
  /** Characters that may still be written. */
  left: number;
}

function textOf(key: unknown, nesting: number, room: Room): string | undefined {
  switch (typeof key) {
    case 'string':
      return key;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(key);
    case 'object':
      if (key === null) return 'null';
      return Array.isArray(key) ? joined(key, nesting, room) : textOfObject(key, room);
    default:
      return undefined;
  }
}

/** As `Array.prototype.join` writes it: None is empty. */
function joined(items: readonly unknown[], nesting: number, room: Room): string | undefined {
  if (nesting === 0) return undefined;
  const texts: string[] = [];
  for (const item of items) {
    const text = item === null ? '' : textOf(item, nesting - 1, room);
    if (text === undefined) return undefined;
    room.left -= text.length + 1;
    if (room.left < 0) return undefined;
    texts.push(text);
  }
  return texts.join(',');
}

function textOfObject(key: object, room: Room): string | undefined {
  if (ArrayBuffer.isView(key) && key.byteLength > room.left) return undefined;
  const { toString } = key as { toString: unknown };
  if (typeof toString !== 'function' || toString === Object.prototype.toString) return undefined;
  const text: unknown = Reflect.apply(toString, key, []);
  return typeof text === 'string' ? text : undefined;
}
