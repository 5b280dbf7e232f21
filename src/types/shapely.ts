/** shapely 2's geometries, which are pickled as well-known binary. */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { Geometry } from './shapely/geometry.ts';
import { readWkb } from './shapely/wkb.ts';
import { madeOf, octetsOf } from './stdlib/arguments.ts';
import { exactOnly } from './stdlib/reduce.ts';

const fromWkb = (isRing: boolean): PyType =>
  madeOf(([wkb, ...rest]) => {
    const bytes = rest.length === 0 ? octetsOf(wkb) : undefined;
    if (bytes === undefined) return undefined;
    const parts = readWkb(bytes);
    return isRing && parts.type !== 'LineString' ? undefined : new Geometry(parts, isRing);
  });

export const shapely: TypeFamily = {
  name: 'shapely',
  get types(): TypeFamily['types'] {
    return [
      ['shapely.io', 'from_wkb', fromWkb(false)],
      ['shapely', 'from_wkb', fromWkb(false)],
      ['shapely.geometry.polygon', '_unpickle_linearring', fromWkb(true)],
    ];
  },
  reducers: [exactOnly(Geometry, 'A geometry of shapely')],
};
