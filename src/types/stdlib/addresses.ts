/** Addresses as module ipaddress reads them. What it refuses gives undefined. */

/** 0 to 2^32 - 1; no leading zeros. */
export function parse4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let int = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    int = (int << 8n) | BigInt(part);
  }
  return int;
}

/** 0 to 2^128 - 1; `::` stands for one run of zeros, the last 32 bits may be dotted. */
export function parse6(text: string): bigint | undefined {
  let hex = text;
  const dotted = /[^:]*\.[^:]*$/.exec(text)?.[0];
  if (dotted !== undefined) {
    const low = parse4(dotted);
    if (low === undefined) return undefined;
    hex = `${text.slice(0, -dotted.length)}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  }
  const halves = hex.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined];
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...(tail ?? [])];
  let int = 0n;
  for (const group of groups) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    int = (int << 16n) | BigInt(`0x${group}`);
  }
  return int;
}
