/** The list of families, and their names as exports: what `families: [...]` is made of. */
import { describe, expect, it } from 'vitest';
import * as types from '../../src/types/index.ts';

describe('pickle-wasm/types', () => {
  it('exports each family of its list by name', () => {
    const { FAMILIES, ...named } = types;
    expect(new Set(Object.values(named))).toEqual(new Set(FAMILIES));
    expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
  });
});
