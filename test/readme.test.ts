/** README is held to its word: its examples run and print what they say, its commands and paths are there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../src/spec/errors.ts';
import { readJson } from './support/json-lines.ts';
import { ROOT } from './support/places.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    line: markdown.slice(0, match.index).split('\n').length,
  }));
}

/** The text under a heading, up to the next of the same rank. */
function section(title: string): string {
  const [, after = ''] = README.split(`\n## ${title}\n`);
  return after.split(/^## /m)[0]!;
}

/** What an example says that it prints: the comments behind a `console.log`, or on the lines right below it. */
function promised(code: string): string[] {
  let isBelow = false;
  return code.split('\n').flatMap((line) => {
    const behind = /console\.log\(.*\);(?:[ ]*\/\/ (.*))?$/.exec(line);
    const below = isBelow ? /^\/\/ (.*)$/.exec(line)?.[1] : undefined;
    isBelow = behind !== null || below !== undefined;
    return below ?? behind?.[1] ?? [];
  });
}

describe('README, Quick start', () => {
  const quick = blocksOf(section('Quick start'));
  const commands = quick[0]?.text.trim().split('\n') ?? [];

  it('is one block of two commands: set up and decode, then test', () => {
    expect(quick).toHaveLength(1);
    expect(commands).toHaveLength(2);
    expect(commands.filter((command) => command.startsWith('#'))).toEqual([]);
    expect(commands[0]).toMatch(/^npm ci && npm run build && node \S+ cat fixtures\/\S+$/);
    expect(commands[1]).toBe('npm test');
  });

  it('decodes a real pickle by the command', () => {
    const [program, ...args] = commands[0]!.split(' && ').at(-1)!.split(' ');
    expect(program).toBe('node');
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['B', 'E', 'M', 'S']);
  });
});

describe('README, examples', () => {
  const examples = blocksOf(README).filter(({ language }) => language === 'js');

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  it.each(examples.map((one) => [one.line, one.text] as const))('line %i runs, and prints what it says', (_, text) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], {
      cwd: ROOT,
      encoding: 'utf8',
      input: text,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const printed = stdout
      .trimEnd()
      .replace(/\n\s+/g, ' ')
      .replace(/\n(?=[}\]])/g, ' ')
      .split('\n')
      .filter(Boolean);
    expect(printed).toEqual(promised(text));
  });
});

describe('README, names', () => {
  it('of commands are scripts of the package', () => {
    const { scripts } = readJson(join(ROOT, 'package.json')) as { scripts: Record<string, string> };
    const named = [...README.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('of files and folders are there', () => {
    const named = [...README.matchAll(/[`(]((?:src|test|assembly|fixtures|bench|\.ci)\/[\w./-]*)[`)]/g)].map(
      (match) => match[1]!,
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });

  it('of error codes are codes', () => {
    const named = [...README.matchAll(/`([A-Z]+(?:_[A-Z0-9]+)+)`/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in ERRORS))).toEqual([]);
  });
});
