/** The settings that a machine gets, from the options of a decode. */
import { settingBits } from '../bytes/codecs.ts';
import type { MachineSettings } from '../machine/port.ts';
import { SETTING_ASCII_STRINGS, SETTING_DOUBLE_INTS, SETTING_PERSISTENT } from '../spec/layout.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { DecodeOptions, ResolvedOptions } from '../spec/options.ts';

const MIB = 2 ** 20;

/** A session goes on with its settings from input to input; only this one follows the input. */
export type SessionSettings = Omit<MachineSettings, 'maxAllocation'> & { maxAllocation: number };

/**
 * @param byteLength bytes of input, infinite where it is not known
 * @param allocationSaid whether the caller gave `limits.maxAllocation`; if not, it follows the input: 64 times its
 *   bytes and 64 MiB, at most the default
 */
export function settingsOf(options: ResolvedOptions, byteLength: number, allocationSaid: boolean): SessionSettings {
  const { limits } = options;
  // Where nothing is resolved, a persistent id is kept as it is.
  const keepsIds = options.persistentLoad !== undefined || options.exact || options.globals === 'inert';
  // As text, an int has no point; and a list of ints is not one of floats.
  const hasDoubleInts = options.int !== 'bigint' && options.dict !== 'object' && options.list === 'array';
  return {
    bits:
      // The encoding of nearly every decode is not looked up, which costs as much as reading 20 bytes.
      (options.encoding === 'ASCII' ? SETTING_ASCII_STRINGS : settingBits(options.encoding)) |
      (keepsIds ? SETTING_PERSISTENT : 0) |
      (hasDoubleInts ? SETTING_DOUBLE_INTS : 0),
    bufferCount: options.buffers === null ? 0 : options.buffers.length,
    maxAllocation: allocationOf(options, byteLength, allocationSaid),
    maxStack: limits.maxStack,
    maxMarks: limits.maxMarks,
    maxMemoEntries: limits.maxMemoEntries,
    maxContainerItems: limits.maxContainerItems,
    maxStringBytes: limits.maxStringBytes,
    maxIntBytes: limits.maxIntBytes,
  };
}

/** Whether the caller gave the limit on memory; if not, it follows the size of the input. */
export const isAllocationSaid = (options: DecodeOptions | undefined): boolean =>
  options?.limits?.maxAllocation !== undefined;

/** The limit on memory for an input of a size: see `settingsOf`. */
export function allocationOf(options: ResolvedOptions, byteLength: number, allocationSaid: boolean): number {
  const { maxAllocation } = options.limits;
  return allocationSaid ? maxAllocation : Math.min(maxAllocation, 64 * byteLength + 64 * MIB);
}

/** Throws LIMIT_INPUT where an input is larger than is allowed; the offset is that of the first byte too many. */
export function checkInputBytes(options: ResolvedOptions, byteLength: number): void {
  const limit = options.limits.maxInputBytes;
  if (byteLength > limit) throw pickleError('LIMIT_INPUT', { offset: limit, limit, actual: byteLength });
}
