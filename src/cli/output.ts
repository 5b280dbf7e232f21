/** Writing to stdout at the pace of whoever reads it. */
import { once } from 'node:events';

/**
 * A reader that has had enough, as `head -1`, closes the pipe: then the command ends, without a word. That is no error.
 */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

/** Writes a line of text that comes in pieces, each when the ones before it have been taken. */
export async function writeLine(pieces: Iterable<string>): Promise<void> {
  let last = '';
  for (const piece of pieces) {
    await write(last);
    last = piece;
  }
  await write(`${last}\n`);
}

async function write(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}
