import { type FormatRegistry, standardFormats } from '@countroom/decoders';
import { loggerTableFormat } from './logger-table.js';
import { parquetArchive } from './parquet-archive.js';
import { rawWaveformsFormat } from './raw-waveforms.js';

/** Formats that can be replayed: those of DAQ files, and the text files of older programs. */
export function replayFormats(): FormatRegistry {
  const formats = standardFormats();
  formats.register(rawWaveformsFormat);
  formats.register(loggerTableFormat);
  return formats;
}

/** Whether each record of a recording of this format makes a row in every table: those of the older programs are of scopes. */
export function hasJointRows(format: string): boolean {
  return [rawWaveformsFormat.name, loggerTableFormat.name, parquetArchive].includes(format);
}
