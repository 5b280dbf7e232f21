/** Hostile files in containers and of other formats, beside those of the catalogue: each with the codes that are good. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { crc32 } from '../../src/container/checksums.ts';
import { legacyFile, legacyTensor, tensorOpcodes } from '../formats/torch-bytes.ts';

export interface Forged {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly codes: readonly string[];
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

export function npy(descr: string, shape: string, content: Uint8Array): Uint8Array {
  return npyOfHead(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`, content);
}

function npyOfHead(text: string, content: Uint8Array = new Uint8Array(64)): Uint8Array {
  const head = text.padEnd(117) + '\n';
  const length = String.fromCharCode(head.length & 255, head.length >> 8);
  return new Uint8Array(Buffer.concat([latin1(`\x93NUMPY\x01\0${length}${head}`), content]));
}

export interface Member {
  readonly name: string;
  readonly content: Uint8Array;
  readonly deflated?: boolean;
  /** Lies of the directory. */
  readonly told?: { readonly byteLength?: number; readonly offset?: number; readonly flags?: number };
}

/** A zip archive, with what its directory lies about. */
export function zip(members: readonly Member[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, deflated = false, told = {} } of members) {
    const packed = deflated ? deflateRawSync(content) : Buffer.from(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(deflated ? 8 : 0, 8);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(told.flags ?? 0, 8);
    entry.writeUInt16LE(deflated ? 8 : 0, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(told.byteLength ?? content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(told.offset ?? at, 42);
    parts.push(head, latin1(name), packed);
    directory.push(entry, latin1(name));
    at += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, list, end]));
}

/** A file of torch in its zip form: one tensor of float32. */
export function torchZip(object: string, storage: Uint8Array, deflated = false): Uint8Array {
  const content = latin1(`\x80\x02${object}.`);
  return zip([
    { name: 'archive/data.pkl', content },
    { name: 'archive/data/0', content: storage, deflated },
  ]);
}

/** A tar archive of plain files. `size` is told of each in place of its own. */
export function tar(
  members: readonly {
    readonly name: string;
    readonly content: Uint8Array;
    readonly size?: string;
    readonly kind?: string;
  }[],
) {
  const blocks = members.flatMap(({ name, content, size, kind = '0' }) => {
    const head = Buffer.alloc(512);
    head.write(name, 0, 'latin1');
    head.write(size ?? content.length.toString(8).padStart(11, '0'), 124, 'latin1');
    head.write(`        ${kind}`, 148, 'latin1');
    head.write('ustar\x0000', 257, 'latin1');
    const sum = head.reduce((all, byte) => all + byte, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\0`, 148, 'latin1');
    return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return new Uint8Array(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const eight = new Uint8Array(64);
const square = { length: 4, shape: [2, 2], strides: [2, 1] };
const four = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const zeros = new Uint8Array(2 ** 27);
const bomb = gzipSync(zeros, { level: 9 });
const none = latin1('N.');

function nested(times: number): Uint8Array {
  let bytes: Uint8Array = none;
  for (let i = 0; i < times; i++) bytes = gzipSync(bytes);
  return bytes;
}

const repeated = (part: Uint8Array, times: number): Uint8Array =>
  new Uint8Array(Buffer.concat(Array.from({ length: times }, () => part)));

const SHAPE = ['INVALID_STATE', 'INVALID_HEADER', 'LIMIT_ALLOC', 'TRUNCATED'];

/** Made when they are asked for: some are large. */
export const forged = (): Forged[] => [
  ...[
    ["'<f8'", '(9007199254740991,)'],
    ["'<f8'", '(4294967296, 4294967296, 4294967296)'],
    ["'<f8'", '(2147483648, 4)'],
    ["'<f8'", '(-8,)'],
    ["'<f8'", '(9,)'],
    ["'<U4611686018427387904'", '(1,)'],
    ["'|V9007199254740991'", '(2,)'],
    ["[('a', '<f8', (4294967295, 4294967295))]", '(1,)'],
    ["'|V0'", '(9007199254740991, 9007199254740991)'],
    [`${'['.repeat(30)}${']'.repeat(30)}`, '(1,)'],
    ["('<f8', (-1,))", '(1,)'],
  ].map(([descr, shape]) => ({ name: `npy ${descr} ${shape}`, bytes: npy(descr!, shape!, eight), codes: SHAPE })),
  ...[
    { ...square, shape: [2 ** 30, 2 ** 30] },
    { ...square, strides: [2 ** 30, 2 ** 30] },
    { ...square, offset: 2 ** 30 },
    { ...square, length: -4 },
    { ...square, shape: [2, 3] },
  ].flatMap((tensor) => [
    { name: `torch ${JSON.stringify(tensor)}`, bytes: legacyTensor(tensor, [1, 2, 3, 4]), codes: [...SHAPE] },
    { name: `torch zip ${JSON.stringify(tensor)}`, bytes: torchZip(tensorOpcodes(tensor), four), codes: SHAPE },
  ]),
  {
    name: 'torch of a storage that goes on for ever',
    bytes: legacyFile({ object: tensorOpcodes(square), storages: [['0', 2 ** 52, four]] }),
    codes: ['TRUNCATED'],
  },
  {
    name: 'torch zip of a deflated bomb that the pickle agrees to',
    bytes: torchZip(tensorOpcodes({ ...square, length: 2 ** 25 }), zeros, true),
    codes: ['LIMIT_INFLATED'],
  },
  {
    name: 'npz of many members that are small alone',
    bytes: zip(
      Array.from({ length: 4 }, (_, i) => ({ name: `${i}.npy`, content: zeros.subarray(2 ** 26), deflated: true })),
    ),
    codes: ['LIMIT_INFLATED'],
  },
  {
    name: 'zip of a member that is longer than it tells',
    bytes: zip([{ name: 'a.pkl', content: zeros, deflated: true, told: { byteLength: 10 } }]),
    codes: ['ZIP_SIZE_MISMATCH', 'UNKNOWN_OPCODE'],
  },
  {
    name: 'zip of a member within another',
    bytes: zip([
      { name: 'a.pkl', content: none },
      { name: 'b.pkl', content: none, told: { offset: 10 } },
    ]),
    codes: ['ZIP_OVERLAP'],
  },
  {
    name: 'zip of a member behind the end',
    bytes: zip([{ name: 'a.pkl', content: none, told: { offset: 2 ** 31 } }]),
    codes: ['ZIP_BAD_OFFSET'],
  },
  {
    name: 'zip of a member with a password',
    bytes: zip([{ name: 'a.pkl', content: none, told: { flags: 1 } }]),
    codes: ['UNSUPPORTED_CONTAINER'],
  },
  {
    name: 'tar of a size that is none',
    bytes: tar([{ name: 'a', content: none, size: '9'.repeat(11) }]),
    codes: ['CONTAINER_CORRUPT'],
  },
  {
    name: 'tar of a size behind the end',
    bytes: tar([{ name: 'a', content: none, size: '7'.repeat(11) }]).subarray(0, 512 + 1),
    codes: ['CONTAINER_TRUNCATED', 'TRUNCATED', 'MISSING_STOP'],
  },
  {
    name: 'tar of a size that pax tells in no digits',
    bytes: tar([
      { name: 'pax', content: latin1('12 size=1e3\n'), kind: 'x' },
      { name: 'a', content: none },
    ]),
    codes: ['CONTAINER_CORRUPT'],
  },
  {
    name: 'tar of a sparse member',
    bytes: tar([
      { name: 'pax', content: latin1('22 GNU.sparse.major=1\n'), kind: 'x' },
      { name: 'a', content: none },
    ]),
    codes: ['UNSUPPORTED_CONTAINER'],
  },
  {
    name: 'tar of a link that leads elsewhere',
    bytes: tar([{ name: '/etc/passwd', content: new Uint8Array(0), kind: '2' }]),
    codes: ['UNSUPPORTED_CONTAINER'],
  },
  {
    name: 'zip of one name twice',
    bytes: zip([
      { name: 'a.pkl', content: none },
      { name: 'a.pkl', content: latin1('I1\n.') },
    ]),
    codes: ['ZIP_DUPLICATE_NAME'],
  },
  {
    name: 'zip of an empty member',
    bytes: zip([{ name: 'a.pkl', content: new Uint8Array(0) }]),
    codes: ['EMPTY_INPUT'],
  },
  ...["__import__('os')", "{'descr': '<f8', 'fortran_order': False, 'shape': (2**30,)}", '('.repeat(60_000)].map(
    (head) => ({ name: `npy of the header ${head.slice(0, 30)}`, bytes: npyOfHead(head), codes: ['INVALID_HEADER'] }),
  ),
  {
    name: 'tar of two members',
    bytes: tar([
      { name: 'a', content: latin1('text') },
      { name: 'b', content: none },
    ]),
    codes: ['UNSUPPORTED_CONTAINER'],
  },
  { name: 'gzip within itself', bytes: nested(100), codes: ['LIMIT_CONTAINERS'] },
  { name: 'gzip of a bomb within gzip', bytes: gzipSync(bomb), codes: ['LIMIT_INFLATED'] },
  { name: 'gzip of a bomb within tar', bytes: tar([{ name: 'a.gz', content: bomb }]), codes: ['LIMIT_INFLATED'] },
  { name: 'zip of a bomb', bytes: zip([{ name: 'a.gz', content: bomb }]), codes: ['LIMIT_INFLATED'] },
  {
    name: 'a million bytes of empty bz2 streams',
    bytes: repeated(Buffer.from('425a683917724538509000000000', 'hex'), 71_428),
    codes: ['EMPTY_INPUT'],
  },
  {
    name: 'a million bytes of empty zstd frames',
    bytes: repeated(Buffer.from('28b52ffd2000010000', 'hex'), 111_111),
    codes: ['EMPTY_INPUT'],
  },
  {
    name: 'a million bytes of empty xz streams',
    bytes: repeated(
      Buffer.from('fd377a585a000000ff12d941000000001cdf4421900042990d010000000000', 'hex').subarray(0, 12),
      83_333,
    ),
    codes: ['CONTAINER_CORRUPT', 'CONTAINER_CHECKSUM', 'UNSUPPORTED_CONTAINER', 'CONTAINER_TRUNCATED'],
  },
  {
    name: 'a million bytes of empty gzip members',
    bytes: repeated(gzipSync(new Uint8Array(0)), 50_000),
    codes: ['EMPTY_INPUT'],
  },
  {
    name: 'a million bytes of empty lz4 frames',
    bytes: repeated(Buffer.from('04224d186040820000000000'.slice(0, 22), 'hex'), 90_909),
    codes: ['EMPTY_INPUT', 'CONTAINER_CHECKSUM'],
  },
];
