/**
 * The 68 opcodes of protocols 0 to 5. The machines, their documentation and the generated tables of `assembly/` are made
 * from this list or checked against it. Source of the facts: CPython 3.11, `Lib/pickletools.py`.
 */

/** What follows the opcode's byte, by the names that CPython's pickletools uses; `null`: nothing. */
export type Argument =
  | 'uint1'
  | 'uint2'
  | 'int4'
  | 'uint4'
  | 'uint8'
  | 'float8'
  | 'bytes1'
  | 'bytes4'
  | 'bytes8'
  | 'bytearray8'
  | 'string1'
  | 'string4'
  | 'unicodestring1'
  | 'unicodestring4'
  | 'unicodestring8'
  | 'long1'
  | 'long4'
  | 'floatnl'
  | 'decimalnl_short'
  | 'decimalnl_long'
  | 'stringnl'
  | 'stringnl_noescape'
  | 'stringnl_noescape_pair'
  | 'unicodestringnl';

export interface Opcode {
  readonly name: string;
  /** The opcode's byte. */
  readonly code: number;
  readonly argument: Argument | null;
  /** What it takes from the stack, bottom first; `mark` and `stackslice` are a mark and all above it. */
  readonly takes: readonly string[];
  /** What it leaves in their place. */
  readonly leaves: readonly string[];
  /** The first protocol that has it. */
  readonly protocol: number;
  readonly meaning: string;
}

const row = (
  code: number,
  name: string,
  protocol: number,
  argument: Argument | null,
  takes: string,
  leaves: string,
  meaning: string,
): Opcode => ({ name, code, argument, takes: words(takes), leaves: words(leaves), protocol, meaning });

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

// prettier-ignore
export const OPCODES: readonly Opcode[] = [
  row(0x28, 'MARK', 0, null, '', 'mark', "Opens a mark: later opcodes take everything above it."),
  row(0x29, 'EMPTY_TUPLE', 1, null, '', 'tuple', "Pushes ()."),
  row(0x2e, 'STOP', 0, null, 'any', '', "Ends the pickle; the top value is the result."),
  row(0x30, 'POP', 0, null, 'any', '', "Drops the top value, or the mark if one is on top."),
  row(0x31, 'POP_MARK', 1, null, 'mark stackslice', '', "Drops everything above the topmost mark, and the mark."),
  row(0x32, 'DUP', 0, null, 'any', 'any any', "Pushes the top value again: the same object."),
  row(0x42, 'BINBYTES', 3, 'bytes4', '', 'bytes', "Pushes bytes."),
  row(0x43, 'SHORT_BINBYTES', 3, 'bytes1', '', 'bytes', "Pushes bytes."),
  row(0x46, 'FLOAT', 0, 'floatnl', '', 'float', "Pushes a float written as text; nan and inf are spelt out."),
  row(0x47, 'BINFLOAT', 1, 'float8', '', 'float', "Pushes a float."),
  row(0x49, 'INT', 0, 'decimalnl_short', '', 'int_or_bool', "Pushes an int written as text; the lines 00 and 01 are False and True."),
  row(0x4a, 'BININT', 1, 'int4', '', 'int', "Pushes an int."),
  row(0x4b, 'BININT1', 1, 'uint1', '', 'int', "Pushes an int."),
  row(0x4c, 'LONG', 0, 'decimalnl_long', '', 'int', "Pushes an int written as text, with or without a final L."),
  row(0x4d, 'BININT2', 1, 'uint2', '', 'int', "Pushes an int."),
  row(0x4e, 'NONE', 0, null, '', 'None', "Pushes None."),
  row(0x50, 'PERSID', 0, 'stringnl_noescape', '', 'any', "Pushes what the persistent id on the line stands for."),
  row(0x51, 'BINPERSID', 1, null, 'any', 'any', "Takes a persistent id and pushes what it stands for."),
  row(0x52, 'REDUCE', 0, null, 'any any', 'any', "Takes a callable and its argument tuple, pushes the result of the call."),
  row(0x53, 'STRING', 0, 'stringnl', '', 'bytes_or_str', "Pushes a Python 2 str, written as a quoted literal."),
  row(0x54, 'BINSTRING', 1, 'string4', '', 'bytes_or_str', "Pushes a Python 2 str."),
  row(0x55, 'SHORT_BINSTRING', 1, 'string1', '', 'bytes_or_str', "Pushes a Python 2 str."),
  row(0x56, 'UNICODE', 0, 'unicodestringnl', '', 'str', "Pushes a str: Latin-1 text with \\u and \\U escapes."),
  row(0x58, 'BINUNICODE', 1, 'unicodestring4', '', 'str', "Pushes a str; lone surrogates pass."),
  row(0x5d, 'EMPTY_LIST', 1, null, '', 'list', "Pushes a new list."),
  row(0x61, 'APPEND', 0, null, 'list any', 'list', "Takes a value and appends it to the list or object below."),
  row(0x62, 'BUILD', 0, null, 'any any', 'any', "Takes a state and gives it to the object below."),
  row(0x63, 'GLOBAL', 0, 'stringnl_noescape_pair', '', 'any', "Pushes the global that two lines name."),
  row(0x64, 'DICT', 0, null, 'mark stackslice', 'dict', "Takes keys and values above the mark, pushes a dict of them."),
  row(0x65, 'APPENDS', 1, null, 'list mark stackslice', 'list', "Takes the values above the mark and appends them to the list or object below."),
  row(0x67, 'GET', 0, 'decimalnl_short', '', 'any', "Pushes what the memo holds under a number."),
  row(0x68, 'BINGET', 1, 'uint1', '', 'any', "Pushes what the memo holds under a number."),
  row(0x69, 'INST', 0, 'stringnl_noescape_pair', 'mark stackslice', 'any', "Takes arguments above the mark, pushes an instance of the class that two lines name."),
  row(0x6a, 'LONG_BINGET', 1, 'uint4', '', 'any', "Pushes what the memo holds under a number."),
  row(0x6c, 'LIST', 0, null, 'mark stackslice', 'list', "Takes the values above the mark, pushes a list of them."),
  row(0x6f, 'OBJ', 1, null, 'mark any stackslice', 'any', "Takes a class and arguments above the mark, pushes an instance."),
  row(0x70, 'PUT', 0, 'decimalnl_short', '', '', "Keeps the top value in the memo under a number."),
  row(0x71, 'BINPUT', 1, 'uint1', '', '', "Keeps the top value in the memo under a number."),
  row(0x72, 'LONG_BINPUT', 1, 'uint4', '', '', "Keeps the top value in the memo under a number."),
  row(0x73, 'SETITEM', 0, null, 'dict any any', 'dict', "Takes a key and a value and sets them in the dict or object below."),
  row(0x74, 'TUPLE', 0, null, 'mark stackslice', 'tuple', "Takes the values above the mark, pushes a tuple of them."),
  row(0x75, 'SETITEMS', 1, null, 'dict mark stackslice', 'dict', "Takes keys and values above the mark and sets them in the dict or object below."),
  row(0x7d, 'EMPTY_DICT', 1, null, '', 'dict', "Pushes a new dict."),
  row(0x80, 'PROTO', 2, 'uint1', '', '', "Names the protocol of what follows."),
  row(0x81, 'NEWOBJ', 2, null, 'any any', 'any', "Takes a class and an argument tuple, pushes an instance made without __init__."),
  row(0x82, 'EXT1', 2, 'uint1', '', 'any', "Pushes the global registered under an extension code."),
  row(0x83, 'EXT2', 2, 'uint2', '', 'any', "Pushes the global registered under an extension code."),
  row(0x84, 'EXT4', 2, 'int4', '', 'any', "Pushes the global registered under an extension code, which must be above zero."),
  row(0x85, 'TUPLE1', 2, null, 'any', 'tuple', "Takes one value, pushes a tuple of it."),
  row(0x86, 'TUPLE2', 2, null, 'any any', 'tuple', "Takes two values, pushes a tuple of them."),
  row(0x87, 'TUPLE3', 2, null, 'any any any', 'tuple', "Takes three values, pushes a tuple of them."),
  row(0x88, 'NEWTRUE', 2, null, '', 'bool', "Pushes True."),
  row(0x89, 'NEWFALSE', 2, null, '', 'bool', "Pushes False."),
  row(0x8a, 'LONG1', 2, 'long1', '', 'int', "Pushes an int in two's complement; no bytes are 0."),
  row(0x8b, 'LONG4', 2, 'long4', '', 'int', "Pushes an int in two's complement; its length is signed."),
  row(0x8c, 'SHORT_BINUNICODE', 4, 'unicodestring1', '', 'str', "Pushes a str; lone surrogates pass."),
  row(0x8d, 'BINUNICODE8', 4, 'unicodestring8', '', 'str', "Pushes a str; lone surrogates pass."),
  row(0x8e, 'BINBYTES8', 4, 'bytes8', '', 'bytes', "Pushes bytes."),
  row(0x8f, 'EMPTY_SET', 4, null, '', 'set', "Pushes a new set."),
  row(0x90, 'ADDITEMS', 4, null, 'set mark stackslice', 'set', "Takes the values above the mark and adds them to the set or object below."),
  row(0x91, 'FROZENSET', 4, null, 'mark stackslice', 'frozenset', "Takes the values above the mark, pushes a frozenset of them."),
  row(0x92, 'NEWOBJ_EX', 4, null, 'any any any', 'any', "Takes a class, an argument tuple and a keyword dict, pushes an instance made without __init__."),
  row(0x93, 'STACK_GLOBAL', 4, null, 'str str', 'any', "Takes a module and a name, pushes that global."),
  row(0x94, 'MEMOIZE', 4, null, 'any', 'any', "Keeps the top value in the memo under the count of its entries."),
  row(0x95, 'FRAME', 4, 'uint8', '', '', "Says that the next n bytes may be read as one block."),
  row(0x96, 'BYTEARRAY8', 5, 'bytearray8', '', 'bytearray', "Pushes a new bytearray."),
  row(0x97, 'NEXT_BUFFER', 5, null, '', 'buffer', "Pushes the next out-of-band buffer."),
  row(0x98, 'READONLY_BUFFER', 5, null, 'buffer', 'buffer', "Makes the buffer on top read-only."),
];
