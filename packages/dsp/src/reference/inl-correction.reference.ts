import type { Numbers } from '../spec/kernel-spec.js';

/** Number of the fault of `inlCorrection`. */
export const codeOutsideTable = 1;

/** Every code plus the entry of the table at that code. */
export function inlCorrection(codes: Numbers, table: Numbers, wOut: Numbers): number {
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i]!;
    if (code < 0 || code >= table.length) return codeOutsideTable;
    wOut[i] = code + table[code]!;
  }
  return 0;
}
