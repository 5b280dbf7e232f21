// @ts-check
/** The contestants, in the order in which tables show them. */
import auto from './auto.mjs';
import { cpythonCollecting, cpythonNotCollecting } from './cpython.mjs';
import jpickle from './jpickle.mjs';
import jsonParse from './json-parse.mjs';
import { withoutRecords, withRecords } from './msgpackr.mjs';
import pickleparser from './pickleparser.mjs';
import pythonJson from './python-json.mjs';
import ts from './ts.mjs';
import wasm from './wasm.mjs';

/** @typedef {import('./contestant.mjs').Contestant} Contestant */

/** @type {readonly Contestant[]} */
export const CONTESTANTS = [
  wasm,
  ts,
  auto,
  cpythonNotCollecting,
  cpythonCollecting,
  jsonParse,
  withoutRecords,
  withRecords,
  pickleparser,
  jpickle,
  pythonJson,
];

/**
 * @param {string} id
 * @returns {Contestant}
 */
export function contestant(id) {
  const found = CONTESTANTS.find((one) => one.id === id);
  if (!found) throw new Error(`no contestant '${id}'; there are: ${CONTESTANTS.map((one) => one.id).join(', ')}`);
  return found;
}
