/** shapely's geometries. */
import { describe, expect, it } from 'vitest';
import { Geometry, loads } from '../../src/index.ts';
import { bytes } from '../arrays/pickles.ts';
import { ENGINES } from '../support/engines.ts';
import { pickle } from './library-pickles.ts';

const word = (value: number, isLittle = true): number[] => {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, isLittle);
  return [...new Uint8Array(view.buffer)];
};
const doubles = (values: readonly number[], isLittle = true): number[] =>
  values.flatMap((value) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value, isLittle);
    return [...new Uint8Array(view.buffer)];
  });
const head = (code: number): number[] => [1, ...word(code)];
const POINT = [...head(1), ...doubles([1.5, 0])];
const LINE = [...head(2), ...word(2), ...doubles([0, 0, 1, 1])];

const geometry = (wkb: readonly number[], callable = 'cshapely.io\nfrom_wkb\n'): Uint8Array =>
  pickle(`${callable}(${bytes(wkb)}tR`);

describe.each(ENGINES)('geometries, %s', (engine) => {
  const read = (wkb: readonly number[], callable?: string): Geometry =>
    loads(geometry(wkb, callable), { engine }) as Geometry;

  it.each<[wkt: string, wkb: readonly number[]]>([
    ['POINT (1.5 0)', POINT],
    ['POINT EMPTY', [...head(1), ...doubles([NaN, NaN])]],
    ['POINT Z (1 2 3)', [...head(0x8000_0001), ...doubles([1, 2, 3])]],
    ['POINT Z (1 2 3)', [...head(1001), ...doubles([1, 2, 3])]],
    ['POINT M (1 2 3)', [...head(2001), ...doubles([1, 2, 3])]],
    ['POINT ZM (1 2 3 4)', [...head(0xc000_0001), ...doubles([1, 2, 3, 4])]],
    ['POINT (1 2)', [0, ...word(1, false), ...doubles([1, 2], false)]],
    ['LINESTRING (0 0, 1 1)', LINE],
    ['LINESTRING EMPTY', [...head(2), ...word(0)]],
    ['POLYGON ((0 0, 1 1))', [...head(3), ...word(1), ...LINE.slice(5)]],
    ['MULTIPOINT ((1.5 0), (1.5 0))', [...head(4), ...word(2), ...POINT, ...POINT]],
    ['MULTILINESTRING ((0 0, 1 1))', [...head(5), ...word(1), ...LINE]],
    ['GEOMETRYCOLLECTION (POINT (1.5 0), LINESTRING (0 0, 1 1))', [...head(7), ...word(2), ...POINT, ...LINE]],
    ['GEOMETRYCOLLECTION EMPTY', [...head(7), ...word(0)]],
  ])('%s', (wkt, wkb) => {
    const value = read(wkb);
    expect(value).toBeInstanceOf(Geometry);
    expect([value.toString(), value.isEmpty]).toEqual([wkt, wkt.endsWith('EMPTY')]);
  });

  it('are GeoJSON, and know their reference system', () => {
    const value = read([...head(0x2000_0001), ...word(4326), ...doubles([1, 0])]);
    expect([value.srid, JSON.stringify(value)]).toEqual([4326, '{"type":"Point","coordinates":[1,0]}']);
    const ring = read(LINE, 'cshapely.geometry.polygon\n_unpickle_linearring\n');
    expect([ring.type, JSON.stringify(ring)]).toEqual([
      'LinearRing',
      '{"type":"LineString","coordinates":[[0,0],[1,1]]}',
    ]);
  });

  const nested = (levels: number): number[] =>
    Array.from({ length: levels }, () => [...head(7), ...word(1)]).flat().concat(POINT); // prettier-ignore

  it.each<[what: string, wkb: readonly number[]]>([
    ['cut off', LINE.slice(0, -1)],
    ['nothing', []],
    ['followed by more', [...POINT, 0]],
    ['of an unknown type', [...head(17), ...word(0)]],
    ['of an unknown byte order', [2, ...POINT.slice(1)]],
    ['of four thousand millions of points', [...head(2), ...word(0xffff_ffff), ...doubles([0, 0])]],
    ['of points that are lines', [...head(4), ...word(1), ...LINE]],
    ['too deep', nested(40)],
  ])('%s are refused', (_what, wkb) => {
    expect(() => read(wkb)).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  });
});
