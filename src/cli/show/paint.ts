/** Colours of what is shown. */
import util from 'node:util';

export type Style = 'text' | 'number' | 'word' | 'name' | 'dim';

export type Paint = (style: Style, text: string) => string;

const COLOURS: Readonly<Record<Style, Parameters<typeof util.styleText>[0]>> = {
  text: 'green',
  number: 'yellow',
  word: 'magenta',
  name: 'cyan',
  dim: 'gray',
};

export const plain: Paint = (_, text) => text;

/** Node has had colours by name since 20.12. Whether the stream wants them is asked by `wantsColours`. */
export const coloured: Paint = (style, text) =>
  typeof util.styleText === 'function' ? util.styleText(COLOURS[style], text, { validateStream: false }) : text;

/** Whether a stream is a terminal that wants colours. */
export function wantsColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR } = process.env;
  return stream.isTTY && (NO_COLOR === undefined || NO_COLOR === '') && stream.hasColors();
}
