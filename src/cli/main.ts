#!/usr/bin/env node
/** The command `pickle-wasm`. Each verb is a file of this folder. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import '../index.ts';
import { addCat } from './cat.ts';
import { EXIT_USAGE } from './exit.ts';
import { addFromJson } from './from-json.ts';
import { endQuietlyOnClosedPipe } from './output.ts';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
  description: string;
};

const program = new Command('pickle-wasm')
  .description(manifest.description)
  .version(manifest.version)
  .exitOverride()
  .showHelpAfterError('Try pickle-wasm --help.');

for (const add of [addCat, addFromJson]) add(program);

endQuietlyOnClosedPipe();
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has printed why. Help and version that were asked for are no errors.
  process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
}
