// @ts-check
/** Packages of this folder, for files outside of it. */

/**
 * @param {string} name
 * @returns {Promise<any>}
 */
export const load = (name) => import(name);
