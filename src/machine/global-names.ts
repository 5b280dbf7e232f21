/** How opcodes name a global: in two lines (GLOBAL, INST), or by two strings on the stack (STACK_GLOBAL). */
import { asciiEnd, latin1 } from '../bytes/latin1.ts';
import { utf8, utf8Length } from '../bytes/utf8.ts';
import type { Where } from '../bytes/where.ts';
import { SPECIAL_HOST, TAG_SHARED, TAG_SPECIAL, TAG_STR1, TAG_STR2 } from '../spec/layout.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { isLongerThan, type ArgumentSource } from './argument-source.ts';
import type { Machine } from './port.ts';

export interface GlobalName {
  readonly module: string;
  readonly name: string;
}

const HI_HOST = ((TAG_SPECIAL << 16) | SPECIAL_HOST) >>> 0;

/**
 * The global of two lines, and the offset behind them; undefined if they are not wholly here.
 * @param isInst whether the names must be ASCII, as INST's; GLOBAL's are UTF-8 without surrogates
 * @param limit of bytes of module and name together
 * @throws PickleError INVALID_UTF8; FORBIDDEN_GLOBAL where they are too long
 */
export function namesInLines(
  source: ArgumentSource,
  offset: number,
  isInst: boolean,
  limit: number,
  where: Where,
): (GlobalName & { readonly behind: number }) | undefined {
  const middle = source.newline(offset);
  const end = middle < 0 ? -1 : source.newline(middle + 1);
  // The newline between them does not count.
  const most = middle < 0 ? limit : limit + 1;
  if (end < 0 ? isLongerThan(source, offset, most) : end - offset > most) refuse(limit, where);
  if (end < 0) return undefined;
  const module = source.slice(offset, middle - offset);
  const name = source.slice(middle + 1, end - middle - 1);
  if (module === undefined || name === undefined) return undefined;
  return { module: textOf(module, isInst, where), name: textOf(name, isInst, where), behind: end + 1 };
}

/**
 * The global that a machine's STACK_GLOBAL asks for.
 * @param values what SPECIAL_HOST slots stand for
 * @param limit of bytes of module and name together
 * @throws PickleError INVALID_OPERAND where one of them is no str; FORBIDDEN_GLOBAL where they are too long
 */
export function namesOnStack(machine: Machine, values: readonly unknown[], limit: number, where: Where): GlobalName {
  const module = textAt(machine, machine.moduleSlot, values, where);
  const name = textAt(machine, machine.nameSlot, values, where);
  // A unit makes one to three bytes.
  const units = module.length + name.length;
  if (units > limit || (units * 3 > limit && utf8Length(module) + utf8Length(name) > limit)) refuse(limit, where);
  return { module, name };
}

function textOf(bytes: Uint8Array, isInst: boolean, where: Where): string {
  if (asciiEnd(bytes) === bytes.length) return latin1(bytes, where);
  if (isInst) throw pickleError('INVALID_UTF8', { ...where, detail: "INST's names must be ASCII." });
  return utf8(bytes, false, where);
}

function textAt(machine: Machine, slot: number, values: readonly unknown[], where: Where): string {
  const { graph } = machine;
  const lo = graph.u32[2 * slot]!;
  const hi = graph.u32[2 * slot + 1]!;
  switch (hi >>> 16) {
    case TAG_STR1:
    case TAG_STR2:
      return graph.text(slot);
    case TAG_SHARED:
      return graph.text(graph.sharedSlot(lo));
    default: {
      const value = hi === HI_HOST ? values[lo] : undefined;
      if (typeof value !== 'string') throw pickleError('INVALID_OPERAND', where);
      return value;
    }
  }
}

function refuse(limit: number, where: Where): never {
  const detail = `The name has more than limits.maxGlobalNameBytes (${limit}) bytes.`;
  throw pickleError('FORBIDDEN_GLOBAL', { ...where, detail });
}
