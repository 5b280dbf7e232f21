/** How much of an input must have come to tell what it is: a pickle from a socket must not be kept waiting for more. */
import { OPCODES } from '../spec/opcodes.ts';
import { beginsWith, DETECT_BYTES } from './container.ts';

/** By the first byte of a container: the second one, where it is always the same, and how many bytes tell it. */
const STARTS = new Map<number, readonly [second: number | undefined, byteLength: number]>([
  [0x1f, [0x8b, 3]],
  [0x78, [undefined, 2]],
  [0x42, [0x5a, 10]],
  [0xfd, [0x37, 6]],
  [0x5d, [0x00, 13]],
  [0x28, [0xb5, 4]],
  [0x04, [0x22, 4]],
  [0x50, [0x4b, 4]],
]);

/** A file of torch before its zip form: a pickle of a number that nobody else writes. */
const TORCH = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46];

const PROTO = 0x80;
const FRAME = 0x95;
/** PROTO, FRAME and their arguments. */
const FRAME_HEAD_BYTES = 11;

/** Opcodes that need nothing on the stack: a pickle begins with one of them. */
const PICKLE_STARTS = new Set(OPCODES.filter(({ takes }) => takes.length === 0).map(({ code }) => code));

/**
 * How many bytes tell whether an input is a container, by those that have come. The mark of a tar archive comes late, so it
 * is waited for only where the first byte can begin no pickle.
 */
export function bytesToTell(head: Uint8Array): number {
  const [first, second] = head;
  if (first === undefined) return 1;
  if (first === PROTO) return pickleBytesToTell(head);
  const start = STARTS.get(first);
  if (start !== undefined) {
    if (second === undefined) return 2;
    if (start[0] === undefined || start[0] === second) return start[1];
  }
  return PICKLE_STARTS.has(first) || first < 0x20 ? 1 : DETECT_BYTES;
}

/** A file of torch or of joblib begins as a pickle, and is one whose end has not come before the end of its first frame. */
function pickleBytesToTell(head: Uint8Array): number {
  if (beginsWith(head, TORCH.slice(0, head.length))) return TORCH.length;
  if (head.length < 3) return 3;
  if (head[2] !== FRAME) return 1;
  if (head.length < FRAME_HEAD_BYTES) return FRAME_HEAD_BYTES;
  const [low, high] = [3, 7].map((at) => new DataView(head.buffer, head.byteOffset).getUint32(at, true));
  return high === 0 ? Math.min(DETECT_BYTES, FRAME_HEAD_BYTES + low!) : DETECT_BYTES;
}
