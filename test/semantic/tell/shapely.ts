/** shapely's geometries. */
import { Geometry } from '../../../src/index.ts';
import type { Teller } from '../teller.ts';

export const shapely: Teller = {
  made: (value) =>
    value instanceof Geometry
      ? { kind: 'geometry', class: value.type, srid: value.srid, wkt: value.toString() }
      : undefined,
  older: () => undefined,
};
