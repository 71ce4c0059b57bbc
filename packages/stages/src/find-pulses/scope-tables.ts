import { type InputTable, StageError, type TableReader } from '@countroom/pipeline';
import { choosePaths } from '../files/table-choice.js';
import { type JoinedInput, numbersIn } from './joined-records.js';
import type { FindPulsesOptions } from './pulse-options.js';
import type { PulseSetup } from './pulse-search.js';
import { type ChannelScale, channelNumber, scopeScales } from './scope-scale.js';

const stage = 'find_pulses';
/** Volts of a unit that samples may be in; what is in none of them is counts. */
const units: Readonly<Record<string, number>> = { V: 1, mV: 1e-3, uV: 1e-6, µV: 1e-6 };

/** What is read of a record; recordings of other programs have less. */
const columns = ['eventnumber', 'devicetime', 'timestamp', 'waveform'];

/** A table of a channel's waveforms, and how its samples become volts. */
export interface ScopeTable {
  readonly table: InputTable;
  /** Undefined: the file says nothing of the channel, its samples are taken as they are. */
  readonly scale: ChannelScale | undefined;
}

/**
 * Tables with waveforms: all, or those of the paths and patterns. Samples in volts or millivolts (recordings of other
 * programs) need no range; counts are scaled after what the run says of its scope. Throws a StageError when there are none.
 */
export async function chosenTables(reader: TableReader, choice: readonly string[]): Promise<ScopeTable[]> {
  const all = await reader.tables(1);
  const found = all.filter(({ sample }) => sample.columns.has('waveform'));
  const paths = found.map(({ path }) => path);
  const chosen = new Set(choice.length === 0 ? paths : choosePaths(stage, paths, [...choice]));
  const kept = found.filter(({ path }) => chosen.has(path));
  if (kept.length === 0) throw new StageError(stage, `there is no table with waveforms in ${reader.name}`);
  const known = await scopeScales(reader);
  return kept.map((table, place) => {
    const unit = numbersIn(table.path, table.sample, 'waveform/values').attrs['units'];
    const volts = typeof unit === 'string' ? units[unit] : undefined;
    const number = channelNumber(table.path) ?? -1;
    const scale = known.get(number);
    if (volts === undefined) return { table, scale };
    const label = scale?.label ?? String.fromCharCode(65 + (number >= 0 && number < 26 ? number : place));
    return { table, scale: { label, voltsPerCount: volts, voltsOffset: 0 } };
  });
}

/** What all tables have in common. Throws a StageError when their records differ in length, or names in number. */
export function setupOf(tables: readonly ScopeTable[], channels: readonly string[]): PulseSetup {
  if (channels.length > 0 && channels.length !== tables.length)
    throw new StageError(stage, `channels: ${channels.length} names for ${tables.length} tables`);
  const lengths = tables.map(
    ({ table: { path, sample } }) => numbersIn(path, sample, 'waveform/values').shape[1] ?? 0,
  );
  const samples = lengths[0]!;
  const other = lengths.findIndex((length) => length !== samples);
  if (other > 0)
    throw new StageError(
      stage,
      `${tables[other]!.table.path} has ${lengths[other]} samples per record, ${tables[0]!.table.path} has ${samples}; choose tables of one length`,
    );
  const { path, sample } = tables[0]!.table;
  const dtNs = Number(numbersIn(path, sample, 'waveform/dt').data[0] ?? 1);
  const t0Ns = Number(numbersIn(path, sample, 'waveform/t0').data[0] ?? 0);
  return {
    channels:
      channels.length > 0
        ? channels
        : tables.map(({ scale }, i) => scale?.label ?? String.fromCharCode(65 + i)),
    samples,
    before: Math.max(0, Math.round(-t0Ns / dtNs)),
    dtNs,
  };
}

/** Where the samples are and how they become volts: as was said, else as the file knows, else as they are. */
export function joinedInputs(
  tables: readonly ScopeTable[],
  { samples }: PulseSetup,
  { voltsPerCount = [], voltsOffset = [] }: Partial<Pick<FindPulsesOptions, 'voltsPerCount' | 'voltsOffset'>>,
): JoinedInput[] {
  return tables.map(({ table: { path, rows, sample }, scale }, i) => ({
    path,
    rows,
    samples,
    columns: columns.filter((name) => sample.columns.has(name)),
    voltsPerCount: voltsPerCount[i] ?? voltsPerCount.at(-1) ?? scale?.voltsPerCount ?? 1,
    voltsOffset: voltsOffset[i] ?? voltsOffset.at(-1) ?? scale?.voltsOffset ?? 0,
  }));
}
