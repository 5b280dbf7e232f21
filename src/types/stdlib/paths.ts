/** How pathlib takes a path apart: without looking at any disk. */

export interface SplitPath {
  /** Such as `C:` or `\\host\share`; empty for POSIX. */
  readonly drive: string;
  /** `/`, `//`, `\`, or empty for a relative path. */
  readonly root: string;
  readonly tail: readonly string[];
}

/** Of the segments that a constructor gets: one that begins at a root makes those before it void. */
export function splitPosix(segments: readonly string[]): SplitPath {
  const absolute = segments.findLastIndex((segment) => segment.startsWith('/'));
  const [first = '', ...rest] = segments.slice(Math.max(absolute, 0));
  const path = rest.length === 0 || first.endsWith('/') ? first + rest.join('/') : [first, ...rest].join('/');
  const slashes = /^\/*/.exec(path)![0].length;
  // Two slashes mean something else than one, three do not.
  const root = slashes === 0 ? '' : slashes === 2 ? '//' : '/';
  return { drive: '', root, tail: named(path, '/') };
}

export function splitWindows(segments: readonly string[]): SplitPath {
  let drive = '';
  let root = '';
  let path = '';
  for (const segment of segments) {
    const next = splitRoot(segment.replaceAll('/', '\\'));
    const isOther = next.drive !== '' && next.drive.toLowerCase() !== drive.toLowerCase();
    if (next.drive !== '') drive = next.drive;
    if (next.root !== '' || isOther) [root, path] = [next.root, next.rest];
    else path = path === '' ? next.rest : `${path}\\${next.rest}`;
  }
  // A share is a root.
  if (root === '' && /^\\\\[^\\?.]+\\[^\\]+$/.test(drive)) root = '\\';
  return { drive, root, tail: named(path, '\\') };
}

function named(path: string, separator: string): string[] {
  return path.split(separator).filter((part) => part !== '' && part !== '.');
}

function splitRoot(path: string): { readonly drive: string; readonly root: string; readonly rest: string } {
  if (path.startsWith('\\\\')) {
    const share = path.indexOf('\\', /^\\\\\?\\UNC\\/i.test(path) ? 8 : 2);
    const end = share < 0 ? -1 : path.indexOf('\\', share + 1);
    if (end < 0) return { drive: path, root: '', rest: '' };
    return { drive: path.slice(0, end), root: '\\', rest: path.slice(end + 1) };
  }
  const drive = path[1] === ':' ? path.slice(0, 2) : '';
  const rest = path.slice(drive.length);
  return rest.startsWith('\\') ? { drive, root: '\\', rest: rest.slice(1) } : { drive, root: '', rest };
}
