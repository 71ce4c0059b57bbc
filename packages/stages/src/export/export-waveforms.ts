import { existsSync } from 'node:fs';
import { lh5Backend } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import { pretriggerPart } from '@countroom/pulses';
import { lh5TableReader } from '../files/lh5-reader.js';
import { refuseInput } from '../files/refuse-input.js';
import { JoinedRecords } from '../find-pulses/joined-records.js';
import { chosenTables, joinedInputs, setupOf } from '../find-pulses/scope-tables.js';
import { type WaveformFileWriter, waveformArchive, waveformText } from './waveform-files.js';

/** Records of a scope to write as a file of an older program. */
export interface WaveformExport {
  /** LH5 file with one table of waveforms per channel. */
  readonly input: string;
  readonly output: string;
  /** `yaml`: text of picoCosmo; `tar`: archive of Parquet files of mimoCoRB. */
  readonly format: 'yaml' | 'tar';
  /** Paths or patterns of the tables; empty: all with waveforms. */
  readonly tables?: readonly string[];
  /** Most records; all when absent. */
  readonly records?: number;
  /** Digits behind the point of text; absent: all that a float32 has. */
  readonly decimals?: number;
  /** Settings of the pulse filter for the head of text. */
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
}

/** What was written; `skipped` counts rows of channels that others do not have. */
export interface WaveformExportResult {
  readonly channels: readonly string[];
  readonly records: number;
  readonly skipped: number;
}

/**
 * Writes the records that all channels have as picoCosmo's raw waveforms or mimoCoRB's archive, one after the other, so
 * that memory does not grow with their number. Samples are volts (text) and millivolts (archive) after the ranges that
 * the file knows. The output appears when it is complete. Throws a StageError for an output that exists, tables that do
 * not fit together or samples that no such file can hold, and what reading throws.
 */
export async function exportWaveforms(options: WaveformExport): Promise<WaveformExportResult> {
  const { input, output, records: most = Infinity, signal } = options;
  if (existsSync(output) && options.overwrite !== true)
    throw new StageError('export', `${output} exists already; choose another name, or overwrite it`);
  refuseInput('export', output, [input]);
  const file = await lh5Backend.openReader(input);
  try {
    const reader = lh5TableReader(file);
    const chosen = await chosenTables(reader, options.tables ?? []);
    const setup = setupOf(chosen, []);
    const joined = new JoinedRecords(reader, joinedInputs(chosen, setup, {}));
    const writer = writerOf(options, setup);
    let count = 0;
    try {
      for await (const event of joined.events()) {
        if (count >= most) break;
        signal?.throwIfAborted();
        writer.append(event.number, event.records);
        count += 1;
      }
      writer.close();
    } catch (error) {
      writer.abort();
      if (error instanceof RangeError)
        throw new StageError('export', `record ${count + 1} of ${input}: ${error.message}`, [], error);
      throw error;
    }
    return { channels: setup.channels, records: count, skipped: joined.skipped };
  } finally {
    await file.close();
  }
}

function writerOf(options: WaveformExport, setup: ReturnType<typeof setupOf>): WaveformFileWriter {
  const { output, format, decimals, filter = {} } = options;
  const { channels, samples, before, dtNs } = setup;
  if (format === 'tar') return waveformArchive(output, channels, Date.now() / 1000);
  const scope = {
    Channels: channels,
    NChannels: channels.length,
    NSamples: samples,
    TSampling: dtNs * 1e-9,
    pretrig: pretriggerPart(before, samples),
  };
  return waveformText(output, { scope, filter }, decimals);
}
