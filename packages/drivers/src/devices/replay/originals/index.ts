import { type FormatRegistry, standardFormats } from '@countroom/decoders';
import { loggerTableFormat } from './logger-table.js';
import { rawWaveformsFormat } from './raw-waveforms.js';

/** Formats that can be replayed: those of DAQ files, and the text files of older programs. */
export function replayFormats(): FormatRegistry {
  const formats = standardFormats();
  formats.register(rawWaveformsFormat);
  formats.register(loggerTableFormat);
  return formats;
}
