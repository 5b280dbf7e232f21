/** Where in the value that was to be written an error lies: `$.rows[3].name`. */
import { PyGlobal } from '../values/py.ts';
import { ITEMS, PLAN, PROPERTIES, type Frame } from './frame.ts';
import { stepName } from './plan.ts';

/** Steps of a path that are told: of a longer one the first and the last. */
const MAX_STEPS = 16;
const MAX_TEXT = 60;

export function pathOf(frames: readonly Frame[], depth: number): string {
  const first = frames.slice(0, Math.min(depth + 1, MAX_STEPS)).map(stepOf);
  if (depth < MAX_STEPS) return `$${first.join('')}`;
  const last = frames.slice(depth + 1 - MAX_STEPS / 2, depth + 1).map(stepOf);
  return `$${first.slice(0, MAX_STEPS / 2).join('')} ... ${last.join('')}`;
}

/** What leads from the value of a frame to the item that is being written; `at` has moved on already. */
function stepOf(frame: Frame): string {
  const { kind, items, at, width } = frame;
  if (kind === PLAN) return stepName(items, at);
  if (kind === PROPERTIES) return keyStep(items[(at - 1) >> 1]);
  if (kind !== ITEMS || width === 1) return `[${Math.max(0, at - 1)}]`;
  const isKey = at % 2 === 1;
  return isKey ? `{key ${(at - 1) / 2}}` : keyStep(items[at - 2]);
}

function keyStep(key: unknown): string {
  if (typeof key === 'string') {
    if (/^[A-Za-z_$][\w$]*$/.test(key) && key.length < MAX_TEXT) return `.${key}`;
    return `[${JSON.stringify(key.length > MAX_TEXT ? `${key.slice(0, MAX_TEXT)}...` : key)}]`;
  }
  if (typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean') return `[${String(key)}]`;
  if (key === null) return '[null]';
  return key instanceof PyGlobal ? `[${key.toString()}]` : '[...]';
}
