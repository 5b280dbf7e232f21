/** Lines of protocol 0: the plain ones, which are most. What is odd goes to the host, which knows all of Python's rules. */

/** What `quickInt` answers where the host has to look. */
export const NOT_QUICK: i64 = i64.MIN_VALUE;

/** Address of the first newline in from .. to - 1, or 0. */
export function lineEnd(from: usize, to: usize): usize {
  for (; from < to; from++) if (load<u8>(from) == 0x0a) return from;
  return 0;
}

/** The value of one to nine decimal digits, after a minus sign where `signed`. */
export function quickInt(from: usize, to: usize, signed: bool): i64 {
  const negative = signed && from < to && load<u8>(from) == 0x2d;
  if (negative) from++;
  if (from >= to || to - from > 9) return NOT_QUICK;
  let value: i64 = 0;
  for (; from < to; from++) {
    const digit = <u32>load<u8>(from) - 0x30;
    if (digit > 9) return NOT_QUICK;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

/** Whether the line is 00 or 01: how protocol 0 writes False and True. */
export function isBoolean(from: usize, to: usize): bool {
  return to - from == 2 && load<u8>(from) == 0x30 && (load<u8>(from, 1) | 1) == 0x31;
}

export function hasByte(from: usize, to: usize, byte: u32): bool {
  for (; from < to; from++) if (<u32>load<u8>(from) == byte) return true;
  return false;
}

/** Whether a STRING's line is quoted alike at both ends. */
export function isQuoted(from: usize, to: usize): bool {
  if (to - from < 2) return false;
  const quote = <u32>load<u8>(from);
  return (quote == 0x27 || quote == 0x22) && <u32>load<u8>(to - 1) == quote;
}
