/** Names of opcodes: all that a decoder needs of their table, in a tenth of its bytes. */
import { NAMES_FROM_80, OPCODE_NAMES } from './opcode-names.ts';

let byCode: ReadonlyMap<number, string> | undefined;

/** The name of a byte's opcode, or undefined where the byte is none. */
export function opcodeName(code: number): string | undefined {
  return (byCode ??= readNames()).get(code);
}

/** The byte of an opcode's name, or undefined where none has it. */
export function opcodeCode(name: string): number | undefined {
  for (const [code, other] of (byCode ??= readNames())) if (other === name) return code;
  return undefined;
}

function readNames(): ReadonlyMap<number, string> {
  const inAscii = wordsOf(OPCODE_NAMES).map((row) => [row.charCodeAt(0), row.slice(1)] as const);
  return new Map([...inAscii, ...wordsOf(NAMES_FROM_80).map((name, i) => [0x80 + i, name] as const)]);
}

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}
