/** Values of shapely's types. */
export { Geometry } from './geometry.ts';
export type { Coordinates, GeometryParts, GeometryType } from './wkb.ts';
