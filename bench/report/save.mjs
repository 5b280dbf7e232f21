// @ts-check
/** Writes what a run has found: JSON, Markdown, plots, and README's part. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PEERS, RESULTS, ROOT } from '../lib/paths.mjs';
import { say } from '../lib/progress.mjs';
import { markdown, ratios, setup } from './markdown.mjs';

/** @typedef {import('../run.mjs').Run} Run */

const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';

/** @param {string} name */
const path = (name) => join(RESULTS, name);

/**
 * @param {string} name
 * @returns {Run}
 */
export function loadRun(name) {
  const file = path(`${name}.json`);
  if (!existsSync(file)) throw new Error(`no saved run '${name}': npm run bench:save -- --name ${name}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What was measured so far of a run that is being taken. @param {string} name */
const partPath = (name) => path(join('local', `${basename(name)}.part.json`));

/**
 * @param {Run} run
 * @param {string} name
 */
export function savePart(run, name) {
  mkdirSync(dirname(partPath(name)), { recursive: true });
  writeFileSync(`${partPath(name)}.new`, JSON.stringify(run));
  renameSync(`${partPath(name)}.new`, partPath(name));
}

/**
 * @param {string} name
 * @returns {Run | undefined} undefined where no run of this name was broken off
 */
export function loadPart(name) {
  return existsSync(partPath(name)) ? JSON.parse(readFileSync(partPath(name), 'utf8')) : undefined;
}

/**
 * @param {Run} run
 * @param {string} name
 */
export async function saveRun(run, name) {
  mkdirSync(dirname(path(name)), { recursive: true });
  await write(path(`${name}.json`), JSON.stringify(run, null, 2));
  rmSync(partPath(name), { force: true });
}

/**
 * @param {Run} run
 * @param {{ name: string, readme: boolean }} flags
 */
export async function writeReports(run, { name, readme }) {
  const plots = [];
  if (existsSync(join(PEERS, 'node_modules', 'vega'))) {
    const { ratioPlot, growthPlot } = await import('./plots.mjs');
    plots.push(['', await ratioPlot(run)]);
    if (run.growth) plots.push(['-growth', await growthPlot(run.growth)]);
  } else say("no plots: 'npm run bench:peers' installs what draws them");
  for (const [suffix, svg] of plots) {
    writeFileSync(path(`${name}${suffix}.svg`), svg);
    say(`wrote ${relative(ROOT, path(`${name}${suffix}.svg`))}`);
  }
  const images = plots.map(
    ([suffix]) => `![${suffix ? 'How cost grows with N' : 'How many times faster'}](${basename(name)}${suffix}.svg)`,
  );
  await write(path(`${name}.md`), [`# Benchmark: ${name}`, ...images, markdown(run)].join('\n\n'));
  if (readme) await writeReadme(run, images, name);
}

/**
 * @param {Run} run
 * @param {readonly string[]} images
 * @param {string} name
 */
async function writeReadme(run, images, name) {
  const file = join(ROOT, 'README.md');
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} and ${END}`);
  const own = [
    ...images.map((image) => image.replace('](', `](${relative(ROOT, dirname(path(name)))}/`)),
    ratios(run),
    `${setup(run)} All figures: [bench/results/${name}.md](bench/results/${name}.md); how they are measured: [bench/README.md](bench/README.md). To reproduce: \`npm run bench:peers && npm run bench:save\`.`,
  ];
  await write(file, `${text.slice(0, begin)}${BEGIN}\n\n${own.join('\n\n')}\n\n${text.slice(end)}`);
}

/**
 * In the style of the project's other files.
 * @param {string} file
 * @param {string} text
 */
async function write(file, text) {
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  say(`wrote ${relative(ROOT, file)}`);
}
