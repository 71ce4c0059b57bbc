import type { FamilyName } from './families.js';
import { usualModel } from './models.js';

/** Most captures and finest interleave of equivalent-time sampling. */
export interface EtsLimits {
  readonly cycles: number;
  readonly interleave: number;
}

interface Row extends EtsLimits {
  readonly name: RegExp;
}

/**
 * Limits of the models; source: constants of the vendor's headers (`PS2206_MAX_ETS_CYCLES`, `PS2206_MAX_INTERLEAVE`
 * and so on; `PS4XXX_MAX_ETS_CYCLES` for the family 4000). Where a header knows only those of a family, they stand: the
 * device has the last word. Of the family 4000 the 4226 and 4227 have it (data sheet); the family 4000a has none.
 */
const rows: Readonly<Record<FamilyName, readonly Row[]>> = {
  '2000': [
    { name: /^2203/, cycles: 250, interleave: 50 },
    { name: /^(2204|2205)/, cycles: 250, interleave: 40 },
  ],
  '2000a': [
    { name: /^2206/, cycles: 250, interleave: 10 },
    { name: /^220[78]/, cycles: 500, interleave: 20 },
    { name: /^24/, cycles: 500, interleave: 40 },
  ],
  '3000a': [
    { name: /^3204.*MSO/, cycles: 125, interleave: 20 },
    { name: /^3204/, cycles: 125, interleave: 10 },
    { name: /^3205.*MSO/, cycles: 250, interleave: 40 },
    { name: /^3205/, cycles: 250, interleave: 20 },
    { name: /^3206.*MSO/, cycles: 500, interleave: 80 },
    { name: /^/, cycles: 500, interleave: 40 },
  ],
  '4000': [{ name: /^422[67]/, cycles: 400, interleave: 80 }],
  '4000a': [],
};

/** Limits of a model of a family (an empty name: the usual one); undefined when it has no equivalent-time sampling. */
export function etsLimits(family: FamilyName, model: string): EtsLimits | undefined {
  const name = model.replaceAll(/\s/g, '').toUpperCase();
  return rows[family].find((row) => row.name.test(name === '' ? usualModel[family] : name));
}
