/** Values whose 64 bits lie in the graph, in a cell of their own: as slots they would be taken for something else. */
import { REG_SETTINGS } from './generated/abi';
import { SETTING_DOUBLE_INTS, SPECIAL_INT64, SPECIAL_NAN } from './generated/layout';
import { NO_SLOT, allocate, intSlot, special } from './graph';

/** An int of up to 64 bits. NO_SLOT with the error set. */
export function int64Slot(value: i64): u64 {
  if (value == <i64>(<i32>value)) return intSlot(<i32>value);
  // By the high word, as the other machine does: the one safe int just below this range is left out.
  const high = value >> 32;
  if (high >= -0x1fffff && high <= 0x1fffff && load<u32>(REG_SETTINGS) & SETTING_DOUBLE_INTS)
    return reinterpret<u64>(<f64>value);
  return cell(SPECIAL_INT64, <u64>value);
}

/** A NaN, with its bits: it may be a dict key, and is equal to itself alone. NO_SLOT with the error set. */
export function nanSlot(bits: u64): u64 {
  return cell(SPECIAL_NAN, bits);
}

function cell(which: u32, content: u64): u64 {
  const place = allocate(1);
  if (place == 0) return NO_SLOT;
  store<u64>(place, content);
  return special(which, <u32>(place >> 3));
}
