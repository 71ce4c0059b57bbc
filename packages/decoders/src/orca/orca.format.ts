import type { FormatDefinition } from '../core/decoder.js';
import { recognise } from '../core/signatures.js';
import { OrcaDecoder } from './orca-decoder.js';
import type { OrcaOptions } from './orca-record.js';
import { orcaDecoders } from './orca-records.js';

/** Files of ORCA. `open` also takes OrcaOptions. */
export const orcaFormat: FormatDefinition = {
  name: 'orca',
  title: 'ORCA',
  decoders: orcaDecoders,
  detect: (first) => recognise(first) === 'orca',
  open: (options: OrcaOptions = {}) => new OrcaDecoder(options),
};
