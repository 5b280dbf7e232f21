/**
 * Where the tests find what they read. `fixtures/` is part of the repository. The folder `shared` beside the repository,
 * where there is one, holds much more of the same kind: tests that need it are skipped, and say so, where it is not.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const FIXTURES = join(ROOT, 'fixtures');

/** A path inside the shared folder, or null where it is not there. */
export function shared(...parts: string[]): string | null {
  const path = join(ROOT, '..', 'shared', ...parts);
  return existsSync(path) ? path : null;
}

/** What a suite's title says when it is skipped for want of the shared folder. */
export const NO_SHARED = 'skipped: there is no folder ../shared';

let python: string | null | undefined;

/** The command for Python 3, or null where there is none. */
export function python3(): string | null {
  if (python === undefined) {
    const found = spawnSync('python3', ['-c', 'import sys; print(sys.version_info[0])'], { encoding: 'utf8' });
    python = found.status === 0 && found.stdout.trim() === '3' ? 'python3' : null;
  }
  return python;
}

export const NO_PYTHON = 'skipped: there is no python3';
