/** Text and bytes as Python's repr writes them. */

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** What a terminal must not get as it is: controls, separators other than the space, lone surrogates, the unassigned. */
const UNPRINTABLE = String.raw`[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}`;

/** Made when text is first printed: V8 gathers the sets of a literal as soon as it reads it, a hundredth of the import. */
let unprintable: RegExp | undefined;

/** Between quotes: double ones where there is a single one inside and no double one. */
export function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + escapedText(text, quote) + quote;
}

/** With what cannot be printed escaped, and the quote, where there is one: such text does nothing to a terminal. */
export function escapedText(text: string, quote = ''): string {
  let out = '';
  for (const char of text) {
    if (char === quote) out += `\\${char}`;
    else out += ESCAPES[char] ?? (isUnprintable(char) ? escaped(char.codePointAt(0)!) : char);
  }
  return out;
}

function isUnprintable(char: string): boolean {
  return (unprintable ??= new RegExp(UNPRINTABLE, 'u')).test(char);
}

/** @param latin1 a character for each byte */
export function bytesRepr(latin1: string): string {
  const quote = latin1.includes("'") && !latin1.includes('"') ? '"' : "'";
  let out = '';
  for (const char of latin1) {
    const code = char.charCodeAt(0);
    if (char === quote) out += `\\${char}`;
    else out += ESCAPES[char] ?? (code < 0x20 || code > 0x7e ? escaped(code) : char);
  }
  return `b${quote}${out}${quote}`;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
