import { caenDt57xxFormat } from './caen-dt57xx/caen-dt57xx.format.js';
import { compassFormat } from './compass/compass.format.js';
import { FormatRegistry } from './core/format-registry.js';
import { fcioFormat } from './fcio/fcio.format.js';
import { llamaFormat } from './llama/llama.format.js';
import { orcaFormat } from './orca/orca.format.js';

/** A registry with all formats of this package. */
export function standardFormats(): FormatRegistry {
  return new FormatRegistry([fcioFormat, orcaFormat, llamaFormat, compassFormat, caenDt57xxFormat]);
}
