/** The directory of a zip archive: what its members are called and where they lie. */
import { pickleError, type PickleError } from '../spec/pickle-error.ts';
import { corrupt, truncated, unsupported } from './errors.ts';
import type { RandomAccess } from './random-access.ts';

export interface ZipMember {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly byteLength: number;
  /** Where its own head lies. */
  readonly offset: number;
  /** Where the next member or the directory begins: its bytes end before. */
  readonly limit: number;
}

interface Directory {
  readonly offset: number;
  readonly byteLength: number;
  readonly count: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const MAX_COMMENT = 0xffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const u64 = (view: DataView, at: number): number => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);

function badOffset(offset: number): PickleError {
  return pickleError('ZIP_BAD_OFFSET', { offset });
}

/** Finds the directory by the record at the end, which a comment may follow. */
export async function findDirectory(input: RandomAccess, maxEntries: number): Promise<Directory> {
  const tailBytes = Math.min(input.byteLength, END_BYTES + MAX_COMMENT);
  const tailAt = input.byteLength - tailBytes;
  const tail = await input.readAt(tailAt, tailBytes);
  const view = viewOf(tail);
  let at = tail.length - END_BYTES;
  // The comment's length must fit, so that a comment that holds such a record is not taken for it.
  while (
    at >= 0 &&
    !(view.getUint32(at, true) === END && view.getUint16(at + 20, true) <= tail.length - at - END_BYTES)
  ) {
    at--;
  }
  if (at < 0) throw truncated('zip archive', input.byteLength);
  let directory = {
    count: view.getUint16(at + 10, true),
    byteLength: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
  let end = tailAt + at;
  const disks = view.getUint16(at + 4, true) | view.getUint16(at + 6, true);
  if (at >= 20 && view.getUint32(at - 20, true) === LOCATOR64) {
    const end64At = u64(view, at - 12);
    if (56 > end - 20 - end64At) throw badOffset(end - 20);
    const end64 = viewOf(await input.readAt(end64At, 56));
    if (end64.byteLength < 56 || end64.getUint32(0, true) !== END64) throw badOffset(end - 20);
    directory = { count: u64(end64, 32), byteLength: u64(end64, 40), offset: u64(end64, 48) };
    end = end64At;
  } else if (disks !== 0) throw unsupported('The zip archive is one of several parts.', end);
  const { count, byteLength, offset } = directory;
  if (count > maxEntries) throw pickleError('LIMIT_ZIP_ENTRIES', { offset: end, limit: maxEntries, actual: count });
  if (offset > end || byteLength > end - offset) throw badOffset(end);
  if (ENTRY_BYTES * count > byteLength) throw corrupt('zip directory', end);
  return directory;
}

/** @throws PickleError ZIP_DUPLICATE_NAME, ZIP_OVERLAP, CONTAINER_CORRUPT */
export async function readDirectory(input: RandomAccess, directory: Directory): Promise<Map<string, ZipMember>> {
  const bytes = await input.readAt(directory.offset, directory.byteLength);
  if (bytes.length < directory.byteLength) throw truncated('zip archive', input.byteLength);
  const view = viewOf(bytes);
  const found: Omit<ZipMember, 'limit'>[] = [];
  let at = 0;
  for (let i = 0; i < directory.count; i++) {
    const where = directory.offset + at;
    if (ENTRY_BYTES > bytes.length - at || view.getUint32(at, true) !== ENTRY) throw corrupt('zip directory', where);
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const whole = ENTRY_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (whole > bytes.length - at) throw corrupt('zip directory', where);
    const nameAt = at + ENTRY_BYTES;
    const flags = view.getUint16(at + 8, true);
    const member = {
      name: nameOf(bytes.subarray(nameAt, nameAt + nameBytes), (flags & 0x800) !== 0),
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      byteLength: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (!extend(member, view, nameAt + nameBytes, extraBytes)) throw corrupt('zip directory', where);
    if (30 > directory.offset - member.offset) throw badOffset(where);
    found.push(member);
    at += whole;
  }
  return placed(found, directory.offset);
}

interface Sizes {
  byteLength: number;
  packedBytes: number;
  offset: number;
}

/** Takes over the 64-bit numbers of the extra field, for those that have no room in the entry. */
function extend(member: Sizes, view: DataView, from: number, extraBytes: number): boolean {
  const end = from + extraBytes;
  for (let at = from; end - at >= 4;) {
    const kind = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    at += 4;
    if (length > end - at) return true;
    if (kind === 1) {
      let field = at;
      for (const key of ['byteLength', 'packedBytes', 'offset'] as const) {
        if (member[key] !== 0xffffffff) continue;
        if (8 > at + length - field) return false;
        member[key] = u64(view, field);
        field += 8;
      }
      return true;
    }
    at += length;
  }
  return true;
}

/** Members by name; each ends where the next begins at the latest. */
function placed(found: readonly Omit<ZipMember, 'limit'>[], directoryAt: number): Map<string, ZipMember> {
  const byPlace = [...found].sort((a, b) => a.offset - b.offset);
  const limits = new Map<number, number>();
  byPlace.forEach(({ name, offset, packedBytes }, i) => {
    const limit = byPlace[i + 1]?.offset ?? directoryAt;
    if (packedBytes + 30 > limit - offset) {
      throw pickleError('ZIP_OVERLAP', { offset, detail: `The member ${JSON.stringify(name)}.` });
    }
    limits.set(offset, limit);
  });
  const members = new Map<string, ZipMember>();
  for (const member of found) {
    if (members.has(member.name)) {
      const detail = `The name is ${JSON.stringify(member.name)}.`;
      throw pickleError('ZIP_DUPLICATE_NAME', { offset: member.offset, detail });
    }
    const isFolder = member.name.endsWith('/') && member.byteLength === 0;
    if (!isFolder) members.set(member.name, { ...member, limit: limits.get(member.offset)! });
  }
  return members;
}

/** Names are UTF-8 where a flag says so; else of some old code page, where all bytes stand for themselves here. */
function nameOf(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return new TextDecoder().decode(bytes);
  let name = '';
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name;
}
