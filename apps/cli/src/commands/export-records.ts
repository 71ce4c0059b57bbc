import { report } from '../terminal/report.js';
import { readStructuredFile } from '../terminal/structured-file.js';
import { UsageError } from '../terminal/usage-error.js';

/** Options of `export-waveforms`. */
export interface WaveformArguments {
  readonly out: string;
  readonly table?: string[];
  readonly format?: string;
  readonly records?: number;
  readonly decimals?: number;
  readonly filter?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

const endings: Readonly<Record<string, 'yaml' | 'tar'>> = {
  yaml: 'yaml',
  yml: 'yaml',
  dat: 'yaml',
  tar: 'tar',
};

/** Writes records of a raw file for the older programs. */
export async function exportRecords(input: string, options: WaveformArguments): Promise<void> {
  const { out, table, records, decimals, filter, overwrite = false } = options;
  const format = endings[options.format ?? /\.(\w+)$/.exec(out)?.[1]?.toLowerCase() ?? ''];
  if (format === undefined)
    throw new UsageError(`${out}: give --format yaml or tar, or a name that ends in .yaml, .dat or .tar`);
  if (decimals !== undefined && decimals > 15) throw new UsageError(`--decimals ${decimals}: at most 15`);
  const { exportWaveforms } = await import('@countroom/stages');
  const result = await exportWaveforms({
    input,
    output: out,
    format,
    overwrite,
    ...(table === undefined ? {} : { tables: table }),
    ...(records === undefined ? {} : { records }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(filter === undefined
      ? {}
      : { filter: (await readStructuredFile(filter)) as Record<string, unknown> }),
  });
  const without = result.skipped === 0 ? '' : `; ${result.skipped} rows have no partner`;
  report(
    { ok: true, output: out, format, ...result },
    `${out}: ${result.records} records of ${result.channels.join(', ')}${without}`,
    options,
  );
}
