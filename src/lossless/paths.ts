/** Paths into JSON, for errors. */

/** Steps of a path that are told: of a longer one the first and the last. */
const MAX_STEPS = 16;
const FIRST_STEPS = 4;
const MAX_KEY = 60;

/** `.name`, or `["any name"]`; nothing where there is no key yet. */
export function keyStep(key: string | undefined): string {
  if (key === undefined) return '';
  if (/^[A-Za-z_$][\w$]{0,60}$/.test(key)) return `.${key}`;
  return `[${JSON.stringify(key.length > MAX_KEY ? `${key.slice(0, MAX_KEY)}...` : key)}]`;
}

/** A path such as `$.rows[3].name`. */
export function pathText(steps: readonly string[]): string {
  if (steps.length <= MAX_STEPS) return `$${steps.join('')}`;
  return `$${steps.slice(0, FIRST_STEPS).join('')} ... ${steps.slice(FIRST_STEPS - MAX_STEPS).join('')}`;
}
