/** How the probabilities of LZMA lie in one array, and what the trees among them tell. */

/** Where each table begins. */
export const IS_MATCH = 0;
export const IS_REP = 192;
export const IS_REP_G0 = 204;
export const IS_REP_G1 = 216;
export const IS_REP_G2 = 228;
export const IS_REP0_LONG = 240;
export const SLOT = 432;
export const SPECIAL = 688;
export const ALIGN = 803;
export const MATCH_LENGTH = 819;
export const REP_LENGTH = 1333;
export const LITERAL = 1847;

/** In a table of lengths. */
export const LOW = 2;
export const MID = 130;
export const HIGH = 258;

/** What the tree at hand tells of a match. */
export const OF_REP = 0;
export const OF_REP_G0 = 1;
export const OF_REP0_LONG = 2;
export const OF_REP_G1 = 3;
export const OF_REP_G2 = 4;
export const OF_CHOICE = 5;
export const OF_CHOICE2 = 6;
export const OF_LENGTH = 7;
export const OF_SLOT = 8;
export const OF_LOW_BITS = 9;

/** By a leaf of a tree of up to 5 levels: its bits but the first, the lowest first. */
export const REVERSED = Uint8Array.from({ length: 64 }, (_, leaf) => {
  let bits = 0;
  for (let rest = leaf; rest > 1; rest >>= 1) bits = (bits << 1) | (rest & 1);
  return bits;
});
