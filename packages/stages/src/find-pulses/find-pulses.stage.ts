import { type InputTable, StageError, type TableReader, type TableStage } from '@countroom/pipeline';
import { choosePaths } from '../files/table-choice.js';
import { JoinedRecords, numbersIn } from './joined-records.js';
import { PulseRows } from './pulse-columns.js';
import { type FindPulsesOptions, findPulsesOptions } from './pulse-options.js';
import { type PulseSearch, type PulseSetup, pulseSearch } from './pulse-search.js';
import { type ChannelScale, channelNumber, scopeScales } from './scope-scale.js';

const stage = 'find_pulses';
const rowsAtOnce = 4096;

/** Pulses in oscilloscope records: template search, peaks, decays; one row per event. */
export const findPulses: TableStage<FindPulsesOptions> = {
  name: stage,
  version: '2',
  title: 'Find pulses',
  description: 'Coincident pulses, double pulses and decay times in records of several channels.',
  dependsOn: 'raw',
  alsoReads: [],
  provides: 'pulses',
  configSchema: findPulsesOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get('raw')!;
    const tables = await chosenTables(reader, config);
    const known = await scopeScales(reader);
    const scales = tables.map(({ path }) => known.get(channelNumber(path) ?? -1));
    const setup = setupOf(tables, config, scales);
    const search = searchOf(config, setup);
    const records = new JoinedRecords(
      reader,
      tables.map(({ path, rows }, i) => ({
        path,
        rows,
        samples: setup.samples,
        voltsPerCount:
          config.voltsPerCount[i] ?? config.voltsPerCount.at(-1) ?? scales[i]?.voltsPerCount ?? 1,
        voltsOffset: config.voltsOffset[i] ?? config.voltsOffset.at(-1) ?? scales[i]?.voltsOffset ?? 0,
      })),
    );
    const total = Math.max(...tables.map(({ rows }) => rows));
    const gathered = new PulseRows(search.columns, rowsAtOnce);
    const attrs = { channels: setup.channels.join(','), algorithm: config.algorithm.kind };
    yield { path: config.name, rows: gathered.take(attrs) };
    let done = 0;
    for await (const event of records.events()) {
      context.signal.throwIfAborted();
      const row = search.row(event);
      if (row !== undefined) gathered.add(row);
      if (gathered.full) yield { path: config.name, rows: gathered.take(attrs) };
      if (++done % 256 === 0) context.progress(done, total);
    }
    if (gathered.rows > 0) yield { path: config.name, rows: gathered.take(attrs) };
    context.progress(total, total);
    if (records.skipped > 0)
      context.log('warning', `${records.skipped} rows have no partner in the other tables`);
    return { events: done, skipped: records.skipped, ...search.summary() };
  },
};

async function chosenTables(reader: TableReader, { tables }: FindPulsesOptions): Promise<InputTable[]> {
  const all = await reader.tables(1);
  const found = all.filter(({ sample }) => sample.columns.has('waveform'));
  const paths = found.map(({ path }) => path);
  const chosen = new Set(tables.length === 0 ? paths : choosePaths(stage, paths, tables));
  const kept = found.filter(({ path }) => chosen.has(path));
  if (kept.length === 0) throw new StageError(stage, `there is no table with waveforms in ${reader.name}`);
  return kept;
}

function setupOf(
  tables: readonly InputTable[],
  { channels }: FindPulsesOptions,
  scales: readonly (ChannelScale | undefined)[],
): PulseSetup {
  if (channels.length > 0 && channels.length !== tables.length)
    throw new StageError(stage, `channels: ${channels.length} names for ${tables.length} tables`);
  const lengths = tables.map(({ path, sample }) => numbersIn(path, sample, 'waveform/values').shape[1] ?? 0);
  const samples = lengths[0]!;
  const other = lengths.findIndex((length) => length !== samples);
  if (other > 0)
    throw new StageError(
      stage,
      `${tables[other]!.path} has ${lengths[other]} samples per record, ${tables[0]!.path} has ${samples}; choose tables of one length`,
    );
  const { path, sample } = tables[0]!;
  const dtNs = Number(numbersIn(path, sample, 'waveform/dt').data[0] ?? 1);
  const t0Ns = Number(numbersIn(path, sample, 'waveform/t0').data[0] ?? 0);
  return {
    channels:
      channels.length > 0 ? channels : tables.map((_, i) => scales[i]?.label ?? String.fromCharCode(65 + i)),
    samples,
    before: Math.max(0, Math.round(-t0Ns / dtNs)),
    dtNs,
  };
}

function searchOf({ algorithm }: FindPulsesOptions, setup: PulseSetup): PulseSearch {
  try {
    return pulseSearch(algorithm, setup);
  } catch (cause) {
    throw new StageError(stage, cause instanceof Error ? cause.message : String(cause), [], cause);
  }
}
