import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeForeign } from '../../src/bytes/hints.ts';
import { raw } from './support.ts';

const tar = new Uint8Array(512);
tar.set(raw('name.txt'));
tar.set(raw('ustar'), 257);

describe('what foreign bytes look like', () => {
  it.each<[string, Uint8Array]>([
    ['gzip', gzipSync('text')],
    ['zlib', deflateSync('text')],
    ['zip archive', raw('PK\x03\x04\x14')],
    ['npy', raw('\x93NUMPY\x01\0')],
    ['HDF5', raw('\x89HDF\r\n\x1a\n')],
    ['Parquet', raw('PAR1\x15')],
    ['PNG', raw('\x89PNG\r\n\x1a\n')],
    ['PDF', raw('%PDF-1.7')],
    ['SQLite', raw('SQLite format 3\0')],
    ['Git LFS pointer', raw('version https://git-lfs.github.com/spec/v1\noid')],
    ['HTML', raw('<!DOCTYPE html>')],
    ['JSON', raw(' {"a": 1}')],
    ['JSON', raw('[1, 2]')],
    ['JSON', raw('{}')],
    ['byte order mark', raw('\xef\xbb\xbfabc')],
    ['beyond repair', raw('\xef\xbf\xbd\x04')],
    ['read as Latin-1', raw('\xc2\x80\x04')],
    ['tar', tar],
    ['zeros', new Uint8Array(100)],
    ['Base64', raw('gASVEA')],
    ['hex', raw('80049510')],
    ['bytes literal', raw("b'\\x80\\x04'")],
  ])('%s', (word, bytes) => expect(describeForeign(bytes)).toContain(word));

  it.each(['', 'hello', '\x80\x04K\x01.', '\x80', '\0', 'x'])('says nothing of %j', (text) =>
    expect(describeForeign(raw(text))).toBe(undefined),
  );
});
