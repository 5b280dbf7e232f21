/** Runs a machine over bytes with the real host, in one piece or in windows. */
import { settingBits } from '../../src/bytes/codecs.ts';
import { Host } from '../../src/machine/host.ts';
import type { Machine, MachineSettings } from '../../src/machine/port.ts';
import { errorCodeOf } from '../../src/spec/errors.ts';
import {
  SETTING_ASCII_STRINGS,
  SETTING_PERSISTENT,
  STATUS_DONE,
  STATUS_ERROR,
  STATUS_NEED_INPUT,
} from '../../src/spec/layout.ts';
import { DEFAULT_LIMITS } from '../../src/spec/limits.ts';
import { PickleError } from '../../src/spec/pickle-error.ts';
import type { ResolvedOptions } from '../../src/spec/options.ts';

export const SETTINGS: MachineSettings = {
  bits: SETTING_ASCII_STRINGS | SETTING_PERSISTENT,
  bufferCount: 0,
  maxAllocation: 2 ** 32,
  maxStack: DEFAULT_LIMITS.maxStack,
  maxMarks: DEFAULT_LIMITS.maxMarks,
  maxMemoEntries: DEFAULT_LIMITS.maxMemoEntries,
  maxContainerItems: DEFAULT_LIMITS.maxContainerItems,
  maxStringBytes: DEFAULT_LIMITS.maxStringBytes,
  maxIntBytes: DEFAULT_LIMITS.maxIntBytes,
};

export interface Driven {
  readonly machine: Machine;
  /** What the host's tables hold. */
  readonly values: unknown[];
  readonly globals: string[];
  /** null where the pickle was read to its STOP. */
  readonly error: { readonly code: string; readonly offset: number; readonly opcode: number | null } | null;
  /** Behind STOP. */
  readonly position: number;
}

export interface DriveOptions {
  readonly encoding?: string | undefined;
  readonly errors?: string | undefined;
  readonly buffers?: readonly unknown[] | undefined;
  /** Bytes that the machine is given at a time; 0: all. */
  readonly window?: number;
  readonly settings?: Partial<MachineSettings>;
  /** Where the pickle begins in `bytes`; offsets are counted from the first byte of all. */
  readonly start?: number;
  /** Goes on after an earlier pickle of the same stream. */
  readonly after?: Driven;
}

/** Reads one pickle. */
export function drive(machine: Machine, bytes: Uint8Array, options: DriveOptions = {}): Driven {
  const encoding = options.encoding ?? 'ASCII';
  const values = options.after?.values ?? [];
  const globals = options.after?.globals ?? [];
  const resolved: ResolvedOptions = {
    buffers: null,
    encoding,
    errors: options.errors ?? 'strict',
    fixImports: true,
    int: 'auto',
    tuple: 'array',
    list: 'array',
    dict: 'auto',
    copyBytes: false,
    exact: true,
    globals: 'inert',
    families: undefined,
    registry: undefined,
    persistentLoad: undefined,
    extensions: new Map(),
    limits: DEFAULT_LIMITS,
    engine: 'auto',
    findClass: undefined,
  };
  const host = new Host({
    options: resolved,
    values,
    globals: { resolve: (module, name) => globals.push(`${module} ${name}`) - 1 },
  });
  const source = {
    final: true,
    slice: (offset: number, length: number) =>
      offset + length <= bytes.length ? bytes.subarray(offset, offset + length) : undefined,
    newline: (offset: number) => bytes.indexOf(0x0a, offset),
  };
  const settings = {
    ...SETTINGS,
    bits: settingBits(encoding) | SETTING_PERSISTENT,
    bufferCount: options.buffers?.length ?? 0,
    ...options.settings,
  };
  if (options.after === undefined) machine.begin(settings);
  else machine.next();
  const window = options.window ?? 0;
  let at = options.start ?? 0;
  let width = window;
  const failed = (code: string, offset: number, opcode: number | null): Driven => ({
    machine,
    values,
    globals,
    error: { code, offset, opcode },
    position: at,
  });
  for (;;) {
    const end = window === 0 ? bytes.length : Math.min(at + width, bytes.length);
    const last = end === bytes.length;
    // A window of its own, which later ones do not overwrite.
    const status =
      window === 0 ? machine.run(bytes, at, end, at, true) : machine.run(bytes.slice(at, end), 0, end - at, at, last);
    const before = at;
    at = machine.position;
    if (status === STATUS_DONE) return { machine, values, globals, error: null, position: at };
    if (status === STATUS_ERROR) {
      return failed(errorCodeOf(machine.errorNumber), machine.opcodeOffset, machine.opcode);
    }
    if (status === STATUS_NEED_INPUT) {
      if (at > bytes.length) return failed('TRUNCATED', -1, null);
      width = at === before ? width + window : window;
      continue;
    }
    try {
      host.answer(machine, source);
    } catch (error) {
      if (!(error instanceof PickleError)) throw error;
      return failed(error.code, error.offset, machine.opcode);
    }
    at = machine.position;
  }
}
