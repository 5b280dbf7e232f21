// @ts-check
/**
 * Colours of the plots, for light and dark: the SVG is drawn in the light ones, and a style sheet inside it overrides them
 * where the reader's system is dark. Renderers without style sheets show the light ones on a light ground.
 */

/** @type {Record<string, readonly [light: string, dark: string]>} */
const COLOURS = {
  ground: ['#fdfdfc', '#15181c'],
  text: ['#1f2328', '#e6e8eb'],
  faint: ['#6a7079', '#9aa3ad'],
  grid: ['#e3e5e8', '#2b3036'],
  span: ['#d0d4d9', '#3c434b'],
  strong: ['#2a2f36', '#f2f4f6'],
  wasm: ['#5b3df5', '#a895ff'],
  ts: ['#1772b8', '#5fb2f2'],
  'cpython-nogc': ['#b37400', '#f0b429'],
  cpython: ['#c9481b', '#ff8a5c'],
  json: ['#14804a', '#4fc98a'],
  'msgpackr-records': ['#a3308c', '#ee7fd3'],
  pickleparser: ['#5f6670', '#aab2bc'],
};

/** @param {string} name */
export const colour = (name) => COLOURS[name][0];

/** Who is drawn, in the legend's order. The others are in the tables. */
export const DRAWN = ['ts', 'cpython-nogc', 'cpython', 'json', 'msgpackr-records', 'pickleparser'];

export const config = {
  background: colour('ground'),
  font: 'system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif',
  padding: 16,
  view: { stroke: null },
  title: {
    color: colour('text'),
    subtitleColor: colour('faint'),
    fontSize: 17,
    subtitleFontSize: 12,
    anchor: 'start',
    offset: 14,
    subtitlePadding: 6,
    fontWeight: 600,
  },
  axis: {
    labelColor: colour('text'),
    titleColor: colour('faint'),
    gridColor: colour('grid'),
    domain: false,
    tickColor: colour('grid'),
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelLimit: 460,
  },
  header: { labelColor: colour('text'), labelFontSize: 13, labelFontWeight: 600 },
  legend: {
    labelColor: colour('text'),
    labelFontSize: 12,
    labelLimit: 300,
    orient: 'top',
    title: null,
    symbolSize: 110,
    columnPadding: 18,
    offset: 6,
  },
};

/**
 * @param {object} spec
 * @returns {Promise<string>}
 */
export async function draw(spec) {
  const { load } = await import('../peers/load.mjs');
  const { compile } = await load('vega-lite');
  const vega = await load('vega');
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  const svg = /** @type {string} */ (await view.toSVG());
  return `${svg.replace(/(<svg[^>]*>)/, `$1<style>${darkStyle()}</style>`)}\n`;
}

function darkStyle() {
  const rules = Object.values(COLOURS).flatMap(([light, dark]) =>
    ['fill', 'stroke'].map((property) => `[${property}="${light}"]{${property}:${dark}}`),
  );
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`;
}
