// @ts-check
/** Tells on standard error what goes on: one line that changes on a terminal, silence elsewhere except for news. */

/** @param {string} text */
export function tell(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${text}\n`);
}
