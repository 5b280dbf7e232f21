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

/** Writes pieces of text, each when the ones before it have been taken. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}
