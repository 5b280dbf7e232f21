/** The package as `npm run build` bundles it, in a folder of its own, and what a user's bundler makes of it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../support/places.ts';

export interface Package {
  readonly folder: string;
  remove(): void;
}

/** Bundles `src/` as it is now. Throws what the build step says where it fails. */
export function buildPackage(): Package {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'build', 'package-'));
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bundle.mjs'), join(folder, 'dist')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  // What it says of side effects is what bundlers go by.
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * A script for a browser, minified. Fails where something of Node is imported.
 * @param code of a module that lies beside `dist/`
 */
export async function bundleForBrowser({ folder }: Package, code: string): Promise<Uint8Array> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'));
  return outputFiles[0]!.contents;
}
