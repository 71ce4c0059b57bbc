import type { FormatDefinition } from '../core/decoder.js';
import { recognise } from '../core/signatures.js';
import { CompassDecoder } from './compass-decoder.js';
import { type CompassFamily, decodersOf, headerlessLayouts, probeLayout } from './compass-layout.js';

const compass: CompassFamily = {
  format: 'compass',
  headerDecoder: 'CompassHeaderDecoder',
  eventDecoder: 'CompassEventDecoder',
  garbageDecoder: 'CompassGarbageDecoder',
  layouts: headerlessLayouts,
};

/**
 * Binary files of CoMPASS (CAEN digitizers), with `settings` the XML file that belongs to the run. Files of older
 * versions have no header word: they are known by two events in succession. With `compatibility: 'reference'` the time
 * between samples is 16 ns for every board; otherwise that of the settings, NaN without any. `exactTimes`: `timestamp_ps`.
 */
export const compassFormat: FormatDefinition = {
  name: 'compass',
  title: 'CAEN CoMPASS',
  decoders: decodersOf(compass),
  detect: (first) =>
    recognise(first) === 'compass' ||
    (recognise(first) === undefined && typeof probeLayout(viewOf(first), headerlessLayouts) !== 'string'),
  open: (options = {}) => new CompassDecoder(compass, options),
};

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
