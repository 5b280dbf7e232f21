/** A host with a machine and a source that are not there: what it answers to one request. */
import type { Graph } from '../../src/graph/graph.ts';
import { Host, type ArgumentSource } from '../../src/machine/host.ts';
import type { Machine } from '../../src/machine/port.ts';
import { SPECIAL_GLOBAL, SPECIAL_HOST, TAG_CONST, TAG_INT, TAG_SPECIAL } from '../../src/spec/layout.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/spec/limits.ts';
import { OPCODES } from '../../src/spec/opcodes.ts';
import { PickleError } from '../../src/spec/pickle-error.ts';
import type { ResolvedOptions } from '../../src/spec/options.ts';
import { raw } from './support.ts';

/** What a test says about a request; `slots` are those of STACK_GLOBAL. */
export interface Request {
  readonly opcode: string;
  readonly input: string;
  readonly length?: number;
  readonly final?: boolean;
  readonly options?: Partial<ResolvedOptions>;
  readonly limits?: Partial<Limits>;
  readonly slots?: readonly (readonly [lo: number, hi: number])[];
  readonly values?: unknown[];
}

/** The opcode lies at this offset, its argument, `input`, right behind it. */
const OFFSET = 100;

export const high = (tag: number, sub = 0): number => ((tag << 16) | sub) >>> 0;

/** Asks a host, and tells what it answers: a value, an error's code, or 'more' where it waits for input. */
export function ask({
  opcode,
  input,
  length = 0,
  final = true,
  options,
  limits,
  slots = [],
  values = [],
}: Request): unknown {
  const bytes = raw(input);
  const source: ArgumentSource = {
    final,
    slice: (offset, count) =>
      offset + count <= OFFSET + 1 + bytes.length ? bytes.subarray(offset - OFFSET - 1).subarray(0, count) : undefined,
    newline(offset) {
      const found = bytes.indexOf(0x0a, offset - OFFSET - 1);
      return found < 0 ? -1 : found + OFFSET + 1;
    },
  };
  let answer: unknown = 'no reply';
  const machine = {
    opcode: OPCODES.find(({ name }) => name === opcode)!.code,
    opcodeOffset: OFFSET,
    argumentOffset: OFFSET + 1,
    argumentLength: length,
    protocol: 2,
    moduleSlot: 0,
    nameSlot: 1,
    graph: {
      u32: Uint32Array.from(slots.flat()),
      text: (slot: number) => `text ${slot}`,
      sharedSlot: (index: number) => 10 + index,
    } as unknown as Graph,
    reply: (lo: number, hi: number, position: number) => (answer = told(lo, hi, position, values)),
  } as unknown as Machine;
  const host = new Host({
    options: {
      encoding: 'ASCII',
      errors: 'strict',
      exact: false,
      globals: 'known',
      persistentLoad: undefined,
      extensions: new Map(),
      limits: { ...DEFAULT_LIMITS, ...limits },
      ...options,
    } as ResolvedOptions,
    globals: { resolve: (module, name, protocol) => globals.push(`${module}|${name}|${protocol}`) - 1 },
    values,
  });
  const globals: string[] = [];
  try {
    if (!host.answer(machine, source)) return 'more';
  } catch (error) {
    if (error instanceof PickleError && error.offset === OFFSET && error.opcode === opcode) return error.code;
    throw error;
  }
  return globals.length === 0 ? answer : { global: globals[0], ...(answer as { behind: number }) };
}

/** A slot as a test says it, with the count of bytes of input behind the opcode that the answer took. */
function told(lo: number, hi: number, position: number, values: unknown[]): unknown {
  const behind = position - OFFSET - 1;
  if (hi === high(TAG_INT)) return { int: lo, behind };
  if (hi === high(TAG_CONST)) return { constant: lo, behind };
  if (hi === high(TAG_SPECIAL, SPECIAL_HOST)) return { value: values[lo], behind };
  if (hi === high(TAG_SPECIAL, SPECIAL_GLOBAL)) return { behind };
  return { float: [hi, lo].map((word) => word.toString(16).padStart(8, '0')).join(''), behind };
}
