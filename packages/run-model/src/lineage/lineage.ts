import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@countroom/contracts';

/** Number of the way hashes are made. It is part of what is hashed: hashes of different schemes never meet. */
export const lineageScheme = 1;

/**
 * Where a result comes from: the stage that made it, that stage's version, the options that influence the result
 * (tracked ones only), and the lineages of its inputs in the order of the stage's declaration.
 */
export interface Lineage {
  readonly dataKind: string;
  readonly stage: string;
  readonly version: string;
  readonly options: JsonValue;
  readonly inputs: readonly Lineage[];
}

/**
 * Hash of a lineage, 64 lower-case hexadecimal digits: SHA-256 over the RFC 8785 text of `{ lineage, scheme }`. Equal
 * lineages give equal hashes whatever the order of their keys. Takes a `Lineage` or any other plain JSON document.
 * Throws a TypeError naming the path of a value that JSON cannot carry (bigint, NaN, infinity).
 */
export function lineageHash(lineage: Lineage | JsonValue): string {
  const text = canonicalJson({ lineage: lineage as JsonValue, scheme: lineageScheme });
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
