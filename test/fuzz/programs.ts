/** Random programs: opcodes with sound arguments, mostly in an order that the stack allows. */
import type { Random } from '../support/random.ts';

/** A piece of a pickle: what it takes from the stack, `(` for a mark and all above it, and how much it leaves. */
interface Piece {
  readonly bytes: string;
  readonly takes: number;
  readonly mark: boolean;
  readonly leaves: number;
}

const value = (bytes: string): Piece => ({ bytes, takes: 0, mark: false, leaves: 1 });
const take = (takes: number, bytes: string, leaves = 1): Piece => ({ bytes, takes, mark: false, leaves });
const slice = (bytes: string, takes = 0, leaves = 1): Piece => ({ bytes, takes, mark: true, leaves });

const VALUES: readonly Piece[] = [
  ...['N', '\x88', '\x89', ')', ']', '}', '\x8f', 'K\x05', 'M\x05\x01', 'J\xff\xff\xff\xff', 'J\x00\x00\x00\x80'],
  ...[
    'I1\n',
    'I00\n',
    'L-12L\n',
    'F1.5\n',
    'Fnan\n',
    'G\x3f\xf0\0\0\0\0\0\0',
    'G\x7f\xf8\0\0\0\0\0\0',
    'G\x80\0\0\0\0\0\0\0',
  ],
  ...['\x8a\x00', '\x8a\x02\x00\x80', '\x8a\x09\xff\xff\xff\xff\xff\xff\xff\xff\x00', '\x8b\x01\x00\x00\x00\x05'],
  ...['\x8c\x00', '\x8c\x01a', '\x8c\x01b', '\x8c\x02\xc3\xa9', '\x8c\x04\xf0\x9f\x98\x80', '\x8c\x03\xed\xa0\x80'],
  ...['X\x01\x00\x00\x00a', 'Va\\u00e9\n', "S'a'\n", 'U\x01b', 'T\x02\x00\x00\x00ab', '\x8c\x09__proto__'],
  ...[
    'C\x01a',
    'B\x02\x00\x00\x00ab',
    '\x96\x01\0\0\0\0\0\0\0x',
    '\x97',
    'Pid\n',
    '\x82\x01',
    'cm\nn\n',
    'c_codecs\nencode\n',
  ],
].map(value);

const OTHERS: readonly Piece[] = [
  take(1, '\x85'),
  take(2, '\x86'),
  take(3, '\x87'),
  take(2, 'a'),
  take(3, 's'),
  take(2, 'b'),
  take(2, 'R'),
  take(2, '\x81'),
  take(3, '\x92'),
  take(2, '\x93'),
  take(1, '2', 2),
  take(1, '0', 0),
  take(1, 'Q'),
  take(1, '\x98'),
  take(1, '\x94'),
  take(1, 'q\x00'),
  take(1, 'q\x01'),
  take(1, 'r\x07\x00\x00\x00'),
  take(1, 'p2\n'),
  slice('t'),
  slice('l'),
  slice('d'),
  slice('e', 1),
  slice('u', 1),
  slice('\x90', 1),
  slice('\x91'),
  slice('1', 0, 0),
  slice('o'),
  slice('im\nn\n'),
];

const GETS: readonly Piece[] = ['h\x00', 'h\x01', 'j\x07\x00\x00\x00', 'g2\n'].map(value);

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** Up to 40 pieces and a STOP; one in sixteen does not heed the stack. */
export function randomProgram(random: Random): Uint8Array {
  let text = random.of(['', '\x80\x02', '\x80\x04', '\x80\x05']);
  const marks: number[] = [];
  let depth = 0;
  for (let left = 2 + random.below(38); left > 0; left--) {
    const kind = random.below(16);
    if (kind < 2) {
      text += '(';
      marks.push(depth);
      depth = 0;
      continue;
    }
    const piece = kind < 7 ? random.of(VALUES) : kind < 9 ? random.of(GETS) : random.of(OTHERS);
    const below = piece.mark ? (marks.at(-1) ?? -1) : depth;
    if (below < piece.takes && random.below(16) > 0) continue;
    text += piece.bytes;
    if (piece.mark) marks.pop();
    depth = Math.max(0, below - piece.takes) + piece.leaves;
  }
  return latin1(`${text}.`);
}
