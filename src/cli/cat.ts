/** `pickle-wasm cat`: shows pickles on a terminal, and prints them as JSON in a pipe. */
import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { openPickles } from '../formats/open.ts';
import { losslessPieces } from '../lossless/index.ts';
import { jsonTextPieces } from '../values/jsonable.ts';
import type { DecodeOptions, Engine } from '../spec/options.ts';
import { PyPersistent } from '../values/py.ts';
import { complain } from './exit.ts';
import { writeLine } from './output.ts';
import { Progress } from './progress.ts';
import { show } from './show/index.ts';
import { coloured, plain, wantsColours } from './show/paint.ts';

interface CatOptions {
  readonly json?: true;
  readonly text?: true;
  readonly lossless?: true;
  readonly digests?: true;
  readonly encoding?: string;
  readonly errors?: string;
  readonly buffers?: readonly string[];
  readonly engine?: Engine;
  readonly indent?: number;
  readonly sharedMemo?: true;
}

/** Columns of text where there is no terminal. */
const PIPE_WIDTH = 80;

const DETAILS = `
Every pickle of an input is shown, one after another. On a terminal as text for people: values as Python writes them,
arrays by their corners as numpy prints them, tables with their first and last rows, other objects as trees of their
attributes; what is long is cut, and says so. In a pipe as JSON, a line for each, with nothing left out. --text and
--json choose, whatever stdout is; --lossless and --indent are JSON. Colours are for terminals only, and not where
NO_COLOR is set.

What JSON has no words for is marked:
  nan, inf, -inf                      {"$float": "nan"}
  bytes                               {"$bytes": "<base64>"}
  set                                 {"$set": [...]}
  dict with keys that are no str      {"$map": [[key, value], ...]}
  a key that begins with $            has it twice: "$$key"
  a class or function                 {"$global": "module.name"}
  an object                           {"$object": "module.name", "args": [...], "state": ...}
  a persistent id                     {"$persistent": id}
  a value within itself               {"$cycle": 1}: 1 is the value that holds this, 2 the one around that
  a large value met before            {"$ref": "$.path.to[0].it"}
Values of known libraries are JSON as their toJSON says:
  numpy array, tensor                 {"dtype": "<f4", "shape": [2, 3], "data": [[...], [...]]}
  masked array                        {"data": {array}, "mask": {array}, "fillValue": value}
  DataFrame                           {"columns": [...], "index": [...], "data": [[row], ...]}
  Series                              {"name": name, "index": [...], "data": [...]}
  scipy sparse matrix                 {"format": "csr", "shape": [...], "dtype": ..., "coords": [...], "data": {array}}
  datetime, date, Timestamp, Decimal  text, as Python's isoformat and str
Nothing that a pickle names is imported or called.

Exit status: 0 if all is well, 1 if a pickle is damaged, 2 for wrong use or a file that cannot be read.

Examples:
  pickle-wasm cat model.pkl
  pickle-wasm cat --json model.pkl | less
  pickle-wasm cat log.pkl | jq .name
  pickle-wasm cat rows.pkl.gz
  zcat rows.pkl.gz | pickle-wasm cat -
  pickle-wasm cat --encoding latin1 python2.pkl
  pickle-wasm cat --buffers part0.bin --buffers part1.bin outofband.pkl`;

export function addCat(program: Command): void {
  program
    .command('cat')
    .summary('show pickles, or print them as JSON')
    .description('Shows pickles on a terminal; prints them as JSON in a pipe.')
    .argument('<file...>', 'files to read; - is the standard input')
    .option('--json', 'print JSON, also on a terminal')
    .addOption(new Option('--text', 'print text for people, also in a pipe').conflicts(['json', 'lossless', 'indent']))
    .option('--lossless', 'print every Python type apart from every other: the lossless JSON of pickle-wasm/lossless')
    .option('--digests', 'with --lossless: tell bytes of more than 256 by length and SHA-256, to compare values by')
    .option('--encoding <name>', 'encoding of Python 2 strings, or "bytes" (default: ASCII)')
    .option('--errors <handler>', 'what to do with bytes that the encoding does not know (default: strict)')
    .option('--buffers <file>', 'an out-of-band buffer; give it once for each, in order', gather)
    .option('--shared-memo', 'the pickles of a file share one memo: one Pickler has written them')
    .addOption(new Option('--indent <n>', 'spaces for each level, 0 for one line').argParser(wholeNumber))
    .addOption(new Option('--engine <name>', 'which engine reads').choices(['auto', 'wasm', 'ts']))
    .addHelpText('after', DETAILS)
    .action(cat);
}

async function cat(files: readonly string[], options: CatOptions): Promise<void> {
  const decoding = await decodeOptionsOf(options);
  if (decoding === undefined) return;
  const print = printerOf(options);
  for (const file of files) {
    try {
      await catFile(file, decoding, options.sharedMemo !== true, print);
    } catch (error) {
      complain(file, error);
    }
  }
}

function printerOf(options: CatOptions): (value: unknown) => Iterable<string> {
  const { stdout } = process;
  if (isText(options)) {
    const paint = wantsColours(stdout) ? coloured : plain;
    return (value) => [show(value, { width: stdout.columns > 0 ? stdout.columns : PIPE_WIDTH, paint })];
  }
  const indent = options.indent ?? (stdout.isTTY ? 2 : 0);
  const { lossless, digests } = options;
  return (value) =>
    lossless === true ? losslessPieces(value, { indent, digests }) : jsonTextPieces(value, { indent });
}

/** Text where it is asked for, and on a terminal unless JSON is. */
function isText({ text, json, lossless, indent }: CatOptions): boolean {
  if (text === true) return true;
  return process.stdout.isTTY && json !== true && lossless !== true && indent === undefined;
}

async function catFile(
  file: string,
  options: DecodeOptions,
  fresh: boolean,
  print: (value: unknown) => Iterable<string>,
): Promise<void> {
  const { reader, input } = await openPickles(file === '-' ? process.stdin : file, options);
  const progress = new Progress(file, input);
  try {
    // A file with nothing in it is an error: that of its first pickle.
    do {
      const value = await reader.next(fresh);
      progress.pickles++;
      await writeLine(print(value));
    } while (!(await reader.atEnd()));
  } finally {
    progress.end();
    await reader.close();
  }
}

/** Undefined where a buffer's file cannot be read; that has been said then. */
async function decodeOptionsOf(options: CatOptions): Promise<DecodeOptions | undefined> {
  const { lossless, encoding, errors, engine } = options;
  const buffers: Uint8Array[] = [];
  for (const file of options.buffers ?? []) {
    try {
      buffers.push(await readFile(file));
    } catch (error) {
      complain(file, error);
      return undefined;
    }
  }
  const common = { encoding, errors, engine, buffers: options.buffers && buffers };
  if (lossless === true) return { ...common, exact: true, globals: 'inert' };
  // Text tells ints from floats, and tuples from lists.
  return { ...common, exact: isText(options), persistentLoad: (id) => new PyPersistent(id) };
}

function gather(file: string, files: readonly string[] = []): readonly string[] {
  return [...files, file];
}

function wholeNumber(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 0 to 99.');
}
