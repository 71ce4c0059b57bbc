import { StageError, type TableStage } from '@countroom/pipeline';
import { JoinedRecords } from './joined-records.js';
import { PulseRows } from './pulse-columns.js';
import { type FindPulsesOptions, findPulsesOptions } from './pulse-options.js';
import { type PulseSearch, type PulseSetup, pulseSearch } from './pulse-search.js';
import { chosenTables, joinedInputs, setupOf } from './scope-tables.js';

const stage = 'find_pulses';
const rowsAtOnce = 4096;

/** Pulses in oscilloscope records: template search, peaks, decays; one row per event. */
export const findPulses: TableStage<FindPulsesOptions> = {
  name: stage,
  version: '3',
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
    const tables = await chosenTables(reader, config.tables);
    const setup = setupOf(tables, config.channels);
    const search = searchOf(config, setup);
    const records = new JoinedRecords(reader, joinedInputs(tables, setup, config));
    const total = Math.max(...tables.map(({ table }) => table.rows));
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

function searchOf({ algorithm }: FindPulsesOptions, setup: PulseSetup): PulseSearch {
  try {
    return pulseSearch(algorithm, setup);
  } catch (cause) {
    throw new StageError(stage, cause instanceof Error ? cause.message : String(cause), [], cause);
  }
}
