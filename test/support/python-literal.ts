/**
 * Reads the Python literals in the hostile table (`{1: 'c'}`, `tuple(1, 2)`, `b'a'`, `-inf`) to lossless JSON.
 * What is abbreviated there (`list(len 10)`, `Stub`) has no literal: the answer is undefined.
 */
export function losslessOfLiteral(text: string): { readonly node: unknown } | undefined {
  const reader = new LiteralReader(text);
  try {
    const node = reader.value();
    return reader.atEnd() ? { node } : undefined;
  } catch {
    return undefined;
  }
}

class LiteralReader {
  private at = 0;

  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    return this.at === this.text.length;
  }

  value(): unknown {
    const word = this.match(/[A-Za-z]+(?=\()/y);
    if (word === 'list' || word === 'tuple' || word === 'set' || word === 'frozenset') {
      return { [word]: this.items('(', ')', () => this.value()) };
    }
    if (word !== undefined) throw new Error('no literal');
    if (this.text[this.at] === '{') {
      return {
        dict: this.items('{', '}', () => {
          const key = this.value();
          this.expect(': ');
          return [key, this.value()];
        }),
      };
    }
    const quoted = this.match(/b?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/y);
    if (quoted?.startsWith('b'))
      return { bytes: Buffer.from(unescape(quoted.slice(2, -1)), 'latin1').toString('base64') };
    if (quoted !== undefined) return unescape(quoted.slice(1, -1));
    const constant = this.match(/None|True|False/y);
    if (constant !== undefined) return constant === 'None' ? null : constant === 'True';
    const float = this.match(/-?(?:inf|nan|\d+\.\d*(?:e[+-]?\d+)?|\d+e[+-]?\d+)/y);
    if (float !== undefined) return { float: bitsOf(Number(float.replace('inf', 'Infinity').replace('nan', 'NaN'))) };
    const int = this.match(/-?\d+/y);
    if (int !== undefined) return { int };
    throw new Error('no literal');
  }

  private items(open: string, close: string, one: () => unknown): unknown[] {
    this.expect(open);
    const items: unknown[] = [];
    while (this.text[this.at] !== close) {
      if (items.length > 0) this.expect(', ');
      items.push(one());
    }
    this.expect(close);
    return items;
  }

  private expect(text: string): void {
    if (!this.text.startsWith(text, this.at)) throw new Error('no literal');
    this.at += text.length;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

const bitsOf = (value: number): string => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const unescape = (text: string): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gs, (_, x, u, long, other) => {
    const hex: string | undefined = x ?? u ?? long;
    return hex === undefined ? (ESCAPES[other] ?? other) : String.fromCodePoint(parseInt(hex, 16));
  });
