/**
 * From a file to the bytes of its pickle, by the steps of a manifest, in test code of its own: what the package opens by
 * itself is tested against it elsewhere. Compressions that Node has no decoder for are left to the package's formats.
 */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** One step, as the manifests have it: `made` by its main key, the others by `op`. */
export type Step = Readonly<Record<string, unknown>>;

/** A step that nothing here knows, by name. */
export class UnknownStep extends Error {}

/** Names of the steps that `unwrap` does not take, in order: how the pickle lies there. */
export const LAYOUTS: readonly string[] = ['stream', 'joblib'];

export function unwrap(file: Uint8Array, steps: readonly Step[]): Uint8Array {
  return steps.reduce((bytes, step) => take(bytes, step), file);
}

export const nameOf = (step: Step): string => (step['op'] ?? Object.keys(step)[0]) as string;

function take(bytes: Uint8Array, step: Step): Uint8Array {
  const name = nameOf(step);
  switch (name) {
    case 'slice': {
      const [offset, length] = (step['slice'] ?? [step['offset'] ?? 0, step['length']]) as [number, number | null];
      return bytes.subarray(offset, length == null ? bytes.length : offset + length);
    }
    case 'gzip':
    case 'gunzip':
      return new Uint8Array(gunzipSync(bytes));
    case 'zlib':
    case 'inflate':
      return new Uint8Array(inflateSync(bytes));
    case 'base64':
    case 'base64url':
      return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1'), name));
    case 'json':
      return new TextEncoder().encode(textIn(bytes, step['json'] as string[]));
    case 'zip':
    case 'unzip':
      return zipMember(Buffer.from(bytes), (step['member'] ?? step['zip']) as string);
    case 'tar':
    case 'untar':
      return tarMember(Buffer.from(bytes), (step['member'] ?? step['tar']) as string);
    default:
      throw new UnknownStep(name);
  }
}

function textIn(bytes: Uint8Array, keys: readonly string[]): string {
  let at: unknown = JSON.parse(new TextDecoder().decode(bytes));
  for (const key of keys) at = (at as Record<string, unknown>)[key];
  return at as string;
}

/** By the central directory; sizes of 64 bits are read from the extra field. */
function zipMember(file: Buffer, name: string): Uint8Array {
  const end = file.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = file.indexOf('PK\x01\x02', 0, 'latin1');
  if (file.readUInt32LE(end + 16) !== 0xffffffff) at = file.readUInt32LE(end + 16);
  while (file.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((k) => file.readUInt16LE(at + k)) as [
      number,
      number,
      number,
    ];
    const found = file.toString('utf8', at + 46, at + 46 + nameLength);
    if (found === name) return zipData(file, at, at + 46 + nameLength, extraLength);
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`no member ${name}`);
}

function zipData(file: Buffer, entry: number, extra: number, extraLength: number): Uint8Array {
  const wide = [24, 20, 42].map((k) => file.readUInt32LE(entry + k));
  for (let at = extra; at < extra + extraLength; at += 4 + file.readUInt16LE(at + 2)) {
    if (file.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    wide.forEach((value, i) => {
      if (value !== 0xffffffff) return;
      wide[i] = Number(file.readBigUInt64LE(field));
      field += 8;
    });
  }
  const [, packed, local] = wide as [number, number, number];
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const data = file.subarray(start, start + packed);
  return new Uint8Array(file.readUInt16LE(entry + 10) === 0 ? data : inflateRawSync(data));
}

function tarMember(file: Buffer, name: string): Uint8Array {
  for (let at = 0; at < file.length;) {
    const found = file.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = parseInt(file.toString('latin1', at + 124, at + 136), 8) || 0;
    if (found === name || found === `./${name}`) return new Uint8Array(file.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`no member ${name}`);
}
