/** What bytes that are no pickle look like: so that an error can say what was given, and what to do with it. */

const UNPACK = 'unpack it first';
const OTHER = 'read it with a reader for such files';

/** The format's first bytes as text of Latin-1, its name, and what to do. The longest come first where they begin alike. */
const SIGNATURES: readonly (readonly [start: string, what: string, advice: string])[] = [
  ['\x1f\x8b', 'gzip data', UNPACK],
  ['BZh', 'bzip2 data', UNPACK],
  ['\xfd7zXZ\0', 'xz data', UNPACK],
  ['\x28\xb5\x2f\xfd', 'zstd data', UNPACK],
  ['\x04\x22\x4d\x18', 'lz4 data', UNPACK],
  ['\x02\x21\x4c\x18', 'lz4 data in the legacy format', UNPACK],
  ['\xff\x06\0\0sNaPpY', 'snappy data', UNPACK],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive', UNPACK],
  ['Rar!\x1a\x07', 'a rar archive', UNPACK],
  [
    'PK\x03\x04',
    'a zip archive, as npz files and torch.save make it',
    'read the pickle inside it, for torch archive/data.pkl',
  ],
  ['PK\x05\x06', 'an empty zip archive', UNPACK],
  ['\x93NUMPY', 'a NumPy npy file', 'read its header, and the pickle behind it if it holds objects'],
  ['\x89HDF\r\n\x1a\n', 'an HDF5 file', OTHER],
  ['CDF\x01', 'a NetCDF file', OTHER],
  ['CDF\x02', 'a NetCDF file', OTHER],
  ['PAR1', 'a Parquet file', OTHER],
  ['ARROW1', 'an Arrow file', OTHER],
  ['FEA1', 'a Feather file', OTHER],
  ['Obj\x01', 'an Avro file', OTHER],
  ['ORC', 'an ORC file', OTHER],
  ['GGUF', 'a GGUF model', OTHER],
  ['SQLite format 3\0', 'an SQLite database', OTHER],
  ['MATLAB 5.0 MAT-file', 'a MATLAB file', OTHER],
  ['RDX2\n', 'an R data file', OTHER],
  ['RDX3\n', 'an R data file', OTHER],
  ['\x89PNG\r\n\x1a\n', 'a PNG image', OTHER],
  ['\xff\xd8\xff', 'a JPEG image', OTHER],
  ['GIF8', 'a GIF image', OTHER],
  ['RIFF', 'a RIFF file: sound, video or WebP', OTHER],
  ['%PDF-', 'a PDF document', OTHER],
  ['\x7fELF', 'a program for Linux', 'check which file was read'],
  ['MZ', 'a program for Windows', 'check which file was read'],
  ['\xcf\xfa\xed\xfe', 'a program for macOS', 'check which file was read'],
  ['\0asm', 'a WebAssembly module', 'check which file was read'],
  ['\xa7\x0d\x0d\x0a', "Python's compiled code", 'check which file was read'],
  ['version https://git-lfs.github.com/', 'a Git LFS pointer, not the file itself', 'fetch the file with git lfs pull'],
  ['<!DOCTYPE', 'an HTML page, maybe the message of a server', 'check how the file was fetched'],
  ['<!doctype', 'an HTML page, maybe the message of a server', 'check how the file was fetched'],
  ['<html', 'an HTML page, maybe the message of a server', 'check how the file was fetched'],
  ['<?xml', 'an XML document', OTHER],
  ['#!', 'a script', 'check which file was read'],
  ['-----BEGIN ', 'a PEM file: a key or a certificate', 'check which file was read'],
  ['\xef\xbf\xbd', 'binary data that was decoded as UTF-8 text and is beyond repair', 'read the file as bytes'],
  ['\xc2\x80', 'a pickle whose bytes were read as Latin-1 text and written as UTF-8', 'read the file as bytes'],
  ['\xef\xbb\xbf', 'text with a UTF-8 byte order mark', 'read and write the file as bytes'],
  ['\xff\xfe', 'text in UTF-16', 'read and write the file as bytes'],
  ['\xfe\xff', 'text in UTF-16', 'read and write the file as bytes'],
];

/** How many bytes a look at the beginning takes: the start of a JSON text, or of a run of zeros. */
const LOOK = 64;

/**
 * A sentence about bytes that begin like something else than a pickle, or undefined where they begin like nothing known.
 * Some pickles of protocol 0 begin alike: it is meant for input that has been refused already, at its very start.
 */
export function describeForeign(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, LOOK));
  if (head === '') return undefined;
  for (const [start, what, advice] of SIGNATURES) {
    if (head.startsWith(start)) return sentence(what, advice);
  }
  if (isZlib(bytes)) return sentence('zlib data, as joblib makes it', UNPACK);
  if (isTar(bytes)) return sentence('a tar archive', UNPACK);
  if (/^\0{8}/.test(head))
    return 'It begins with zeros: the file was not written to its end, or is another one; fetch it again.';
  const text = head.trimStart();
  if (/^[[{]\s*["{[\d\-\]}tfn]/.test(text)) return sentence('JSON text', 'parse it with JSON.parse');
  if (/^gA[I-X]/.test(text)) return sentence('a pickle in Base64', 'decode that first');
  if (/^(?:\\x80|b['"]\\x80)/.test(text))
    return sentence('a Python bytes literal, not the bytes themselves', 'write the file in binary mode');
  if (/^800[2-5]/.test(text)) return sentence('a pickle in hex digits', 'decode that first');
  return undefined;
}

function sentence(what: string, advice: string): string {
  return `It looks like ${what}: ${advice}.`;
}

/** The two bytes of a zlib header: deflate with the usual window of 32 KiB, and a checksum. */
function isZlib(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x78 && (0x7800 + bytes[1]!) % 31 === 0;
}

/** A tar header has its mark at byte 257. */
function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= 262 && String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar';
}
