import { CompassDecoder } from '../compass/compass-decoder.js';
import { type CompassFamily, decodersOf, layoutOf, probeLayout } from '../compass/compass-layout.js';
import type { FormatDefinition } from '../core/decoder.js';
import { recognise } from '../core/signatures.js';

/** Heads of 24 bytes (energy in ADC channels) and of 30 bytes (calibrated energy), without a code before the samples. */
const layouts = [
  layoutOf({ energy: true, calibrated: false, short: true, samples: 'plain' }),
  layoutOf({ energy: false, calibrated: true, short: true, samples: 'plain' }),
];

const dt57xx: CompassFamily = {
  format: 'caen-dt57xx',
  eventDecoder: 'CAENDT57XXDecoder',
  garbageDecoder: 'CAENDT57XXGarbageDecoder',
  layouts,
};

/**
 * Files of CAEN DT57xx digitizers in the older form: records of fixed length without any header. They are known by two
 * events in succession. Columns as of CoMPASS events; `exactTimes`: `timestamp_ps`.
 */
export const caenDt57xxFormat: FormatDefinition = {
  name: 'caen-dt57xx',
  title: 'CAEN DT57xx, fixed records',
  decoders: decodersOf(dt57xx),
  detect: (first) =>
    recognise(first) === undefined &&
    typeof probeLayout(new DataView(first.buffer, first.byteOffset, first.byteLength), layouts) !== 'string',
  open: (options = {}) => new CompassDecoder(dt57xx, options),
};
