import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The bytes of a file, unpacked if it (or the same name with `.gz`) is gzip. */
export function readMaybeGzip(path: string): Buffer {
  const found = existsSync(path) ? path : `${path}.gz`;
  const bytes = readFileSync(found);
  return found.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** The rows of a file of JSON lines, plain or gzipped. */
export function readJsonLines<Row>(path: string): Row[] {
  return readMaybeGzip(path)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

export const readJson = (path: string): unknown => JSON.parse(readMaybeGzip(path).toString('utf8'));
