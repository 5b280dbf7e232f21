/** Files of the corpora whose pickles lie in compressed data, zip or tar archives, read by `load` alone. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, type LoadOptions } from '../../src/index.ts';
import { toLossless } from '../support/as-truth.ts';
import { corpusThere, digestOf, truthText } from '../support/corpus.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { readJson, readJsonLines } from '../support/json-lines.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { outcomeOfAsync, shorten, tell } from '../support/outcome.ts';
import { NO_SHARED, shared } from '../support/places.ts';

interface Wrapped {
  readonly file: string;
  readonly encoding: string;
  readonly errors: string;
  readonly truth: string | null;
  readonly digest?: string;
  /** Steps from the file to the pickle. */
  readonly steps: readonly string[];
  readonly member: string | undefined;
}

/** Steps that `load` takes by itself. */
const KNOWN = new Set([
  ...['gzip', 'gunzip', 'zlib', 'inflate', 'bz2', 'bunzip2', 'xz', 'unxz', 'lzma', 'unlzma'],
  ...['zstd', 'lz4', 'unlz4', 'zip', 'unzip', 'tar', 'untar'],
]);

/** Files of other formats than containers, by the member that their pickle is. */
const isOther = (member: string | undefined): boolean =>
  member !== undefined && (/(?:^|\/)data\.pkl$/.test(member) || member.endsWith('.npy') || member === 'storages');

interface MadeLine {
  readonly file: string;
  readonly options: { readonly encoding: string };
  readonly wrapper: readonly Readonly<Record<string, unknown>>[];
  readonly truth: string;
}

interface OtherLine {
  readonly file: string;
  readonly wrapper: readonly string[];
  readonly streams: readonly {
    readonly kind: string;
    readonly steps: readonly { readonly op: string; readonly member?: string }[];
    readonly options: { readonly encoding: string; readonly errors: string };
    readonly expect: string;
    readonly truth: string | null;
    readonly truth_sha256: string;
  }[];
}

function wrappedOf(name: string, folder: string): Wrapped[] {
  if (name === 'made') {
    return readJsonLines<MadeLine>(join(folder, 'manifest.jsonl')).map(({ file, options, wrapper, truth }) => {
      const member = wrapper.map((step) => step['zip'] ?? step['tar']).find((one) => typeof one === 'string');
      const steps = wrapper.flatMap((step) => Object.keys(step));
      return { file, encoding: options.encoding, errors: 'strict', truth, steps, member: member as string | undefined };
    });
  }
  return readJsonLines<OtherLine>(join(folder, 'manifest.jsonl')).flatMap(({ file, wrapper, streams }) => {
    const [stream] = streams;
    if (streams.length !== 1 || stream!.kind !== 'pickle' || stream!.expect !== 'value') return [];
    if (wrapper.some((one) => /torch|np[yz]|joblib/.test(one))) return [];
    const { options, steps, truth, truth_sha256: digest } = stream!;
    const member = steps.find((step) => step.member !== undefined)?.member;
    return [{ file, ...options, truth, digest, steps: steps.map((step) => step.op), member }];
  });
}

for (const name of ['made', 'made-older', 'real']) {
  const folder = shared('corpus', name);
  if (!corpusThere(folder)) {
    describe.skip(`containers of ${name} (${NO_SHARED})`, () => it('hold what the truth tells', () => {}));
    continue;
  }
  const wrapped = wrappedOf(name, folder).filter(
    ({ steps, member }) => steps.length > 0 && steps.every((step) => KNOWN.has(step)) && !isOther(member),
  );

  describe.each(ENGINES)(`containers of ${name}: ${wrapped.length} files, %s`, (engine) => {
    it('hold what the truth tells', async () => {
      const failures = new Failures();
      for (const { file, encoding, errors, truth, digest } of wrapped) {
        const options: LoadOptions = { exact: true, globals: 'inert', engine, encoding, errors };
        const got = await outcomeOfAsync(async () => toLossless(await load(join(folder, file), options)));
        if (got.kind !== 'value') failures.note(file, tell(got));
        else if (truth === null) failures.note(file, digestOf(truthText(got.value)) === digest ? null : 'differs');
        else {
          const want = readJson(join(folder, truth));
          failures.note(file, sameLossless(got.value, want) ? null : `${tell(got)}, wanted ${shorten(want)}`);
        }
      }
      failures.report();
      expect(wrapped.length).toBeGreaterThan(0);
    });
  });
}
