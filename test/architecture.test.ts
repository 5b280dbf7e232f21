/** The rules of the house, as far as a machine can hold them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../src/spec/errors.ts';
import { OPCODES } from '../src/spec/opcodes.ts';
import { CODES_NOT_GIVEN } from './known-gaps.ts';
import { readJson } from './support/json-lines.ts';
import { FIXTURES, NO_PYTHON, python3, ROOT } from './support/places.ts';
import { circlesAmong, importsOf, resolveImport, sourcesIn, withoutComments, type Source } from './support/sources.ts';

/** What may know what: a file imports from its own room or from rooms of a lower rank. */
const RANKS: readonly (readonly string[])[] = [
  ['spec'],
  ['bytes'],
  // What the options are: types and nothing else, for all that are told them.
  ['values/options.ts'],
  ['graph'],
  ['container', 'machine'],
  ['arrays'],
  ['values'],
  ['types'],
  ['lossless'],
  ['decode', 'encode'],
  ['core.ts', 'streams.ts', 'ts.ts', 'codecs.ts', 'json.ts', 'encode.ts'],
  ['formats'],
  ['dropin'],
  ['servers', 'pickleparser', 'jpickle'],
  ['pickleparser.ts', 'jpickle.ts'],
  ['index.ts'],
  ['cli'],
];

/** Files where code is made from text: a factory for each shape of dict, keys as JSON string literals only. */
const MAY_COMPILE = ['src/values/factories.ts'];

/** Lines that a file may have; the machines and the tables are expected to be long. */
const MAX_LINES = 300;
const LONG_FILES: Readonly<Record<string, number>> = {
  'assembly/machine.ts': 1500,
  'src/machine/ts/loop.ts': 500,
  'assembly/shapes.ts': 400,
  'src/values/materialise.ts': 500,
};

const LIBRARY = sourcesIn('src');
const ASSEMBLY = sourcesIn('assembly');

const rankOf = (path: string): number => {
  const [, ...inside] = path.split('/');
  const ownRank = RANKS.findIndex((rooms) => rooms.includes(inside.join('/')));
  return ownRank >= 0 ? ownRank : RANKS.findIndex((rooms) => rooms.includes(inside[0]!));
};

/** Rows in one order, whatever order they came in. */
const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

/** The opcodes that no `case` of the sources names, by name or by code. */
function withoutCase(sources: readonly Source[]): string[] {
  const text = sources.map((source) => withoutComments(source.text)).join('\n');
  return OPCODES.filter(({ name, code }) => {
    const hex = code.toString(16);
    return !new RegExp(`\\bcase (?:\\w+\\.)?(?:${name}\\b|0x${hex}\\b|${code}\\b)`, 'i').test(text);
  }).map(({ name }) => name);
}

describe('imports', () => {
  it('are found in all their forms', () => {
    const text = `import a from './a.ts';\nimport type { B }\n  from "./b.ts";\nexport * from './c.ts';\nimport './d.ts';
      const e = await import('./e.ts'); // import f from './f.ts'
      /* import g from './g.ts' */ const text = "from 'h'";`;
    expect(importsOf(text)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts']);
  });

  it('every file is in a room that has a rank', () => {
    expect(LIBRARY.filter(({ path }) => rankOf(path) < 0).map(({ path }) => path)).toEqual([]);
  });

  it('go to the own room or to lower ranks', () => {
    const wrong = LIBRARY.flatMap((source) =>
      source.imports.flatMap((specifier) => {
        const to = resolveImport(source, specifier);
        if (to === null) return [];
        if (!to.startsWith('src/')) return [`${source.path} imports ${to}`];
        const sameRoom = source.path.split('/')[1] === to.split('/')[1];
        return sameRoom || rankOf(to) < rankOf(source.path) ? [] : [`${source.path} imports ${to}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('lead to files that are there', () => {
    const paths = new Set(LIBRARY.map(({ path }) => path));
    const broken = LIBRARY.flatMap((source) =>
      source.imports
        .map((specifier) => resolveImport(source, specifier))
        .filter((to) => to !== null && !paths.has(to))
        .map((to) => `${source.path} imports ${to}`),
    );
    expect(broken).toEqual([]);
  });

  it('go in no circles', () => {
    expect(circlesAmong(LIBRARY)).toEqual([]);
    expect(circlesAmong(ASSEMBLY)).toEqual([]);
    const circle = ['a', 'b'].map((name, i) => ({ path: `src/${name}.ts`, text: '', imports: [`./${'ba'[i]}.ts`] }));
    expect(circlesAmong(circle)).toHaveLength(1);
  });

  it('of assembly/ stay inside it', () => {
    const outside = ASSEMBLY.flatMap((source) =>
      source.imports
        .filter((one) => !resolveImport(source, one)?.startsWith('assembly/'))
        .map((one) => `${source.path}: ${one}`),
    );
    expect(outside).toEqual([]);
  });

  it('of packages are those that package.json lists', () => {
    const { dependencies } = readJson(join(ROOT, 'package.json')) as { dependencies: Record<string, string> };
    const packages = LIBRARY.flatMap(({ imports }) =>
      imports.filter((one) => !one.startsWith('.') && !one.startsWith('node:')),
    );
    const listed = packages.filter(
      (one) => !Object.keys(dependencies).some((name) => one === name || one.startsWith(`${name}/`)),
    );
    expect(listed).toEqual([]);
    expect(
      Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
      'not exact',
    ).toEqual([]);
  });
});

describe('the table of opcodes', () => {
  it('has 68 rows, each code and name once', () => {
    expect(OPCODES).toHaveLength(68);
    expect(new Set(OPCODES.map(({ code }) => code)).size).toBe(68);
    expect(new Set(OPCODES.map(({ name }) => name)).size).toBe(68);
  });

  it('says what the facts of the vectors say', () => {
    const facts = readJson(join(FIXTURES, 'vectors', 'opcodes.json')) as {
      name: string;
      code: number;
      protocol: number;
      arg: { name: string } | null;
      stack_before: string[];
      stack_after: string[];
    }[];
    const told = facts.map(({ name, code, protocol, arg, stack_before: takes, stack_after: leaves }) => {
      return { name, code, protocol, argument: arg?.name ?? null, takes, leaves };
    });
    const ours = OPCODES.map(({ name, code, protocol, argument, takes, leaves }) => {
      return { name, code, protocol, argument, takes: [...takes], leaves: [...leaves] };
    });
    expect(sorted(ours)).toEqual(sorted(told));
  });

  const python = python3();
  it.skipIf(python === null)(`says what pickletools says${python === null ? ` (${NO_PYTHON})` : ''}`, () => {
    const script = `import json, pickletools
print(json.dumps([[o.name, ord(o.code), o.proto, o.arg and o.arg.name,
  [s.name for s in o.stack_before], [s.name for s in o.stack_after]] for o in pickletools.opcodes]))`;
    const { stdout } = spawnSync(python!, ['-c', script], { encoding: 'utf8' });
    const theirs = JSON.parse(stdout) as [string, number, number, string | null, string[], string[]][];
    const ours = OPCODES.map((o) => [o.name, o.code, o.protocol, o.argument, [...o.takes], [...o.leaves]]);
    expect(sorted(ours)).toEqual(sorted(theirs));
  });
});

describe('the machines', () => {
  it('have a case for every opcode', () => {
    expect(withoutCase(ASSEMBLY), 'assembly').toEqual([]);
    expect(withoutCase(sourcesIn('src/machine/ts')), 'src/machine/ts').toEqual([]);
  });

  it.skipIf(!existsSync(join(ROOT, 'build/pickle.wat')))('dispatch in wasm by one br_table over all opcodes', () => {
    const wat = readFileSync(join(ROOT, 'build/pickle.wat'), 'utf8');
    const tables = [...wat.matchAll(/i32\.const (\d+)\s+i32\.sub\s+br_table ([^\n]+)/g)];
    expect(wat.split('br_table').length - 1).toBe(1);
    expect(tables).toHaveLength(1);
    const [, first, list] = tables[0]!;
    const labels = list!.trim().split(/\s+/);
    const otherwise = labels.at(-1);
    const known = new Set(OPCODES.map(({ code }) => code));
    const wrong = labels.slice(0, -1).filter((label, i) => known.has(Number(first) + i) !== (label !== otherwise));
    expect(wrong).toEqual([]);
    expect(labels.length - 1).toBeGreaterThanOrEqual(Math.max(...known) - Number(first) + 1);
    expect(Number(first)).toBeLessThanOrEqual(Math.min(...known));
  });

  it('are told the opcodes, errors and layout of src/spec: assembly/generated is in step', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'assembly/generate.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

describe('the list of errors', () => {
  it('has no two with one number, and no code that nothing gives', () => {
    const numbers = Object.values(ERRORS).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const text = [...LIBRARY, ...ASSEMBLY]
      .filter(
        ({ path }) => !/^src\/spec\/(container-)?errors\.ts$/.test(path) && !path.startsWith('assembly/generated/'),
      )
      .map((source) => withoutComments(source.text).replace(/^import [^;]*;/gm, ''))
      .join('\n');
    const unused = Object.keys(ERRORS).filter((code) => !new RegExp(`\\b${code}\\b`).test(text));
    expect(unused).toEqual(Object.keys(CODES_NOT_GIVEN));
  });
});

describe('lists against their folders', () => {
  it('every type family is in the list of types', () => {
    const folder = sourcesIn('src/types');
    const families = folder.filter(({ text }) => /^export const \w+: TypeFamily\b/m.test(text)).map(({ path }) => path);
    const index = folder.find(({ path }) => path === 'src/types/index.ts')!;
    const listed = new Set(index.imports.map((one) => resolveImport(index, one)));
    expect(families.length).toBeGreaterThan(0);
    expect(families.filter((path) => !listed.has(path))).toEqual([]);
  });

  it('src and assembly hold sources and what tells of them, nothing else', () => {
    const files = ['src', 'assembly'].flatMap((room) =>
      (readdirSync(join(ROOT, room), { recursive: true }) as string[]).filter((path) => /\.[^/.]+$/.test(path)),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((path) => !/\.(ts|mjs|md|json)$/.test(path))).toEqual([]);
  });

  it('every file that package.json points to is built', () => {
    const pack = readJson(join(ROOT, 'package.json')) as { exports: unknown; bin: unknown };
    const targets: string[] = [];
    const gather = (value: unknown): void => {
      if (typeof value === 'string') targets.push(value);
      else if (value !== null && typeof value === 'object') Object.values(value).forEach(gather);
    };
    gather(pack.exports);
    gather(pack.bin);
    expect(targets.length).toBeGreaterThan(2);
    expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  it('the top level holds what the plan says, and what every project has', () => {
    const planned = [
      'assembly',
      'src',
      'bench',
      'test',
      'fixtures',
      'asconfig.json',
      'bundle.mjs',
      'package.json',
      'tsconfig.json',
    ];
    const usual = [
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'package-lock.json',
      'vitest.config.ts',
      'tsconfig.test.json',
    ];
    const made = ['node_modules', 'dist', 'build', 'coverage'];
    const found = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !name.endsWith('.log'));
    expect(found.filter((name) => ![...planned, ...usual, ...made].includes(name))).toEqual([]);
  });
});

describe('every file', () => {
  it('makes no code from text, but for the factories', () => {
    const compiles = /\beval\s*\(|\bnew\s+Function\b|[^.\w]Function\s*\(|\bsetTimeout\s*\(\s*['"`]|\bvm\b.*\brunIn/;
    const found = LIBRARY.filter(({ text }) => compiles.test(withoutComments(text))).map(({ path }) => path);
    expect(found.filter((path) => !MAY_COMPILE.includes(path))).toEqual([]);
    expect(
      MAY_COMPILE.filter((path) => !found.includes(path)),
      'struck off',
    ).toEqual([]);
  });

  it('is of a size that can be read', () => {
    const long = [...LIBRARY, ...ASSEMBLY]
      .filter(({ path }) => !path.startsWith('assembly/generated/'))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > (LONG_FILES[path] ?? MAX_LINES))
      .map(({ path, lines }) => `${path}: ${lines} lines`);
    expect(long).toEqual([]);
  });

  it('names no machine or folder of its writers', () => {
    const everywhere = ['src', 'test', 'bench', 'fixtures']
      .flatMap((folder) => ['.ts', '.mjs', '.md'].flatMap((ending) => sourcesIn(folder, ending)))
      .filter(({ path }) => !path.includes('node_modules/'));
    const absolute = /['"`(\s](?:\/(?:home|root|work|Users|tmp)\/|[A-Z]:\\)/;
    expect(everywhere.filter(({ text }) => absolute.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
