/** Files of torch, joblib and numpy: `load` of the path alone reads every one, and no damage to one does harm. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, PickleError } from '../../src/index.ts';
import { boundsOf } from '../support/array-bounds.ts';
import { corpusThere } from '../support/corpus.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { NO_SHARED, shared } from '../support/places.ts';
import { Random } from '../support/random.ts';

interface Entry {
  readonly file: string;
  readonly bytes: number;
  readonly family: string;
  readonly wrapper: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly options?: { readonly encoding: string };
  readonly streams?: readonly { readonly kind: string; readonly options: { readonly encoding: string } }[];
}

/** Files whose format is more than a pickle in a container. */
function isOwn({ family, wrapper, streams = [] }: Entry): boolean {
  if (/^(?:hostile|dataset)$/.test(family)) return false;
  const words = wrapper.flatMap((step) => (typeof step === 'string' ? [step] : Object.keys(step)));
  if (words.some((word) => /^(?:torch-\w+|joblib.*|np[yz])$/.test(word))) return true;
  return (
    streams.some(({ kind }) => kind === 'joblib') || (/torch/.test(family) && words.some((word) => word !== 'slice'))
  );
}

/** The member to read where an archive holds several files. */
const MEMBERS: Readonly<Record<string, string>> = {
  'rl/data_reward_models_gail_cartpole_0_n_expert_demos_1_checkpoints_final_gen_policy_model.zip': 'policy.pth',
};

for (const name of ['made', 'made-older', 'real']) {
  const folder = shared('corpus', name);
  if (!corpusThere(folder)) {
    describe.skip(`files of ${name} (${NO_SHARED})`, () => it('are read by their paths', () => {}));
    continue;
  }
  const entries = readJsonLines<Entry>(join(folder, 'manifest.jsonl')).filter(isOwn);
  describe.each(ENGINES)(`files of ${name}, %s`, (engine) => {
    it(`are read by their paths: ${entries.length}`, { timeout: 120_000 }, async () => {
      const failures = new Failures();
      for (const { file, options, streams } of entries) {
        const { encoding } = options ?? streams![0]!.options;
        const problem = await load(join(folder, file), { engine, encoding, member: MEMBERS[file] }).then(
          (value) => (typeof value === 'bigint' ? 'is a magic number' : null),
          String,
        );
        failures.note(file, problem);
      }
      failures.report();
    });

    it(
      'give PickleErrors, or arrays that lie inside of their bytes, where bytes are changed',
      { timeout: 120_000 },
      async () => {
        const random = new Random(7);
        const odd: string[] = [];
        for (const { file } of entries.filter(({ bytes }) => bytes < 20_000)) {
          const whole = new Uint8Array(readFileSync(join(folder, file)));
          for (let i = 0; i < 4; i++) {
            const bytes = whole.slice(0, i === 0 ? random.below(whole.length) : whole.length);
            for (let k = 0; k < i; k++) bytes[random.below(bytes.length)] = random.below(256);
            const found = await load(bytes, { engine, encoding: 'latin1' }).then(
              (value) => boundsOf(value).wrong,
              (error: unknown) => (error instanceof PickleError ? null : String(error)),
            );
            if (found !== null) odd.push(`${file}: ${found}`);
          }
        }
        expect(odd).toEqual([]);
      },
    );
  });
}
