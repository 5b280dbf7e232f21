/** How globals are written: by STACK_GLOBAL from protocol 4 on, else by GLOBAL. */
import { isWellFormed } from '../bytes/utf8.ts';
import { PyGlobal, PyObject } from '../values/py.ts';
import { MEMO, OPCODE, SAVE, SAVE_TUPLE, type Plan } from './plan.ts';
import { unmapImport } from './reverse-imports.ts';
import type { Writer } from './writer.ts';

const GLOBAL = 0x63;
const STACK_GLOBAL = 0x93;
const REDUCE = 0x52;

const GETATTR = /* @__PURE__ */ new PyGlobal('builtins', 'getattr');

/**
 * Writes a global, or begins to.
 * @returns whether it is written; else the plan is to be carried out: nested names below protocol 4 are calls of getattr
 */
export function putGlobal(w: Writer, global: PyGlobal): Plan | undefined {
  const { module, name } = global;
  const index = w.refs ? w.memo.findGlobal(global) : undefined;
  if (index !== undefined) {
    w.get(index);
    return undefined;
  }
  if (w.protocol >= 4) {
    w.saveString(module, true);
    w.saveString(name, false);
    w.out.byte(STACK_GLOBAL);
  } else {
    const dot = name.lastIndexOf('.');
    // As a name that no dot divides, where there is no name on a side of it.
    if (dot > 0 && dot < name.length - 1) {
      const parent = new PyGlobal(module, name.slice(0, dot));
      return [SAVE, GETATTR, SAVE_TUPLE, [parent, name.slice(dot + 1)], OPCODE, REDUCE, MEMO, global];
    }
    w.out.byte(GLOBAL);
    writeNames(w, global);
  }
  memoizeGlobal(w, global);
  return undefined;
}

export function memoizeGlobal(w: Writer, global: PyGlobal): void {
  if (!w.refs) return;
  w.memo.addGlobal(global);
  w.memoizeNext();
}

/** The two lines that GLOBAL and INST have. */
export function writeNames(w: Writer, global: PyGlobal): void {
  const [module, name] = namesOf(w, global);
  const isWritable = w.protocol === 3 ? isUtf8Line : isLine;
  if (!isWritable(module) || !isWritable(name)) {
    throw w.error(
      'INVALID_NAME',
      `The global ${JSON.stringify(`${module}.${name}`)} cannot be named in protocol ${w.protocol}.`,
    );
  }
  const bytes = new TextEncoder().encode(`${module}\n${name}\n`);
  w.out.copy(bytes);
}

/** Below protocol 3 as Python 2 calls it; a global that was read from such a pickle as that one did. */
function namesOf(w: Writer, { module, name, rawModule, rawName }: PyGlobal): readonly [string, string] {
  if (w.protocol >= 3 || !w.settings.fixImports) return [module, name];
  return rawModule !== module || rawName !== name ? [rawModule, rawName] : unmapImport(module, name);
}

/** `getattr(object, name)`, for Python to do. */
export function attributeOf(object: unknown, name: string): PyObject {
  return new PyObject(GETATTR, [object, name], 'reduce');
}

/** Whether a text is a line of ASCII: what GLOBAL has below protocol 3, and INST and PERSID always. */
export function isLine(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return !text.includes('\n');
}

/** GLOBAL is UTF-8 in protocol 3. */
const isUtf8Line = (text: string): boolean => !text.includes('\n') && isWellFormed(text);
