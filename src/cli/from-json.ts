/** `pickle-wasm from-json`: writes pickles of JSON. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { openSink, type Sink } from '../encode/destination.ts';
import { dump } from '../encode/dump.ts';
import { parseLosslessPieces } from '../lossless/from-text.ts';
import { fromJsonPieces } from '../lossless/plain.ts';
import { complain, EXIT_USAGE } from './exit.ts';
import { Progress } from './progress.ts';
import { SignalWatch } from './signals.ts';

interface FromJsonCommandOptions {
  readonly output?: string;
  readonly protocol: number;
  readonly lossless?: true;
  readonly fixImports?: boolean;
  readonly marks: boolean;
  readonly buffers?: readonly string[];
}

const DETAILS = `
Values that follow each other, as in NDJSON, become pickles one after another, as cat shows them. OUT is written whole or
not at all. Without -o the pickles go to the standard output, unless that is a terminal.

What JSON becomes:
  1, 1.0                              int, float: by how they are written; ints of up to 4,300 digits
  NaN, Infinity, -Infinity            float
  {...}                               dict, in the order of its keys
  {"$float": "nan"}, {"$bytes": ...}, and the other marks of cat --json: what they say, where that is all there is to
                                      say. {"$object": ...} and the like are errors: use --lossless for those.
  a key that begins with $$           has it once: "$key". With --no-marks all keys are taken as they are
  a list in a key of a $map, in a set tuple
--lossless reads what cat --lossless prints: every value comes back as it was. Names of classes are written as they
stand. Of a pickle below protocol 3 those are names of Python 2: give its protocol, or --fix-imports to have them written
as Python 3 calls them. Out-of-band buffers stay out of band, with --protocol 5 and all --buffers in order.

Exit status: 0 if all is well, 1 if the JSON is damaged, 2 for wrong use or a file that cannot be read or written.

Examples:
  pickle-wasm from-json rows.json -o rows.pkl
  pickle-wasm from-json --protocol 2 rows.ndjson -o rows.pkl
  curl https://example.org/rows.json | pickle-wasm from-json - | python3 -c 'import pickle, sys; print(pickle.load(sys.stdin.buffer))'
  pickle-wasm cat --lossless a.pkl | pickle-wasm from-json --lossless - -o b.pkl`;

export function addFromJson(program: Command): void {
  program
    .command('from-json')
    .summary('write pickles of JSON')
    .description('Writes pickles of JSON.')
    .argument('<file>', 'JSON to read; - is the standard input')
    .option('-o, --output <out>', 'file to write (default: the standard output)')
    .option('--protocol <n>', 'protocol of the pickles, 0 to 5', protocolOf, 4)
    .option('--lossless', 'read lossless JSON, as cat --lossless prints it')
    .option('--fix-imports', 'names of Python 2 for those of Python 3, or the other way (default: below protocol 3)')
    .option('--no-fix-imports', 'all names as they are')
    .option('--no-marks', 'take keys that begin with $ as they are')
    .option('--buffers <file>', 'an out-of-band buffer; give it once for each, in order', gather)
    .addHelpText('after', DETAILS)
    .action(fromJson);
}

async function fromJson(file: string, options: FromJsonCommandOptions): Promise<void> {
  if (options.output === undefined && process.stdout.isTTY) {
    process.stderr.write('pickle-wasm: A pickle is not written to a terminal: say -o OUT, or send it elsewhere.\n');
    process.exitCode = EXIT_USAGE;
    return;
  }
  let about = file;
  let sink: Sink | undefined;
  let watch: SignalWatch | undefined;
  try {
    const buffers = await buffersOf(options, (name) => (about = name));
    about = options.output ?? 'the standard output';
    const opening = openSink(options.output ?? process.stdout);
    if (options.output !== undefined) watch = new SignalWatch(opening);
    sink = await opening;
    about = file;
    await write(file, options, buffers, sink);
    about = options.output ?? about;
    await sink.done();
  } catch (error) {
    if (watch?.isEnding === true) return;
    await sink?.failed(error);
    complain(about, error);
  } finally {
    watch?.stop();
  }
}

async function write(
  file: string,
  options: FromJsonCommandOptions,
  buffers: readonly Uint8Array[] | undefined,
  sink: Sink,
): Promise<void> {
  const { protocol, lossless, fixImports = protocol < 3, marks } = options;
  const input = await openText(file);
  const progress = new Progress(file, input, options.output === undefined && process.stdout.isTTY);
  const encoding = {
    protocol,
    fixImports,
    // Kept out of band: whoever reads the pickles has the buffers.
    bufferCallback: buffers === undefined ? undefined : () => false,
  };
  const values = lossless
    ? parseLosslessPieces(input.pieces, { buffers, fixImports })
    : fromJsonPieces(input.pieces, { marks });
  try {
    for await (const value of values) {
      await dump(value, (piece: Uint8Array) => sink.write(piece), encoding);
      progress.pickles++;
    }
    if (progress.pickles === 0) throw new Error('There is no JSON in it.');
  } finally {
    progress.end();
  }
}

interface TextInput {
  received: number;
  readonly byteLength: number | undefined;
  readonly pieces: AsyncIterable<Uint8Array>;
}

async function openText(file: string): Promise<TextInput> {
  const isFile = file !== '-';
  const found = isFile ? await stat(file) : undefined;
  const stream = (isFile ? createReadStream(file) : process.stdin) as AsyncIterable<Uint8Array>;
  const input: TextInput = {
    received: 0,
    byteLength: found?.isFile() === true ? found.size : undefined,
    pieces: counted(),
  };
  return input;

  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const piece of stream) {
      input.received += piece.length;
      yield piece;
    }
  }
}

async function buffersOf(
  { buffers }: FromJsonCommandOptions,
  reading: (name: string) => void,
): Promise<Uint8Array[] | undefined> {
  if (buffers === undefined) return undefined;
  const all: Uint8Array[] = [];
  for (const name of buffers) {
    reading(name);
    all.push(await readFile(name));
  }
  return all;
}

function gather(file: string, files: readonly string[] = []): readonly string[] {
  return [...files, file];
}

function protocolOf(text: string): number {
  if (/^[0-5]$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number from 0 to 5.');
}
