import { canonicalJson, type JsonValue } from '@countroom/contracts/canonical-json';
import { chainFields } from '@countroom/dsp';
import { type RowStage, type RowTask, StageError } from '@countroom/pipeline';
import type { DataObject, Scalar, Struct, Table } from '@countroom/records';
import { blockRowsFor } from '../files/block-rows.js';
import { renameTier } from '../files/table-choice.js';
import { assignChains, inTable, stageName } from './assignment.js';
import { type ChainPayload, chainKernel, planTask } from './chain-kernel.js';
import { joinable, namedDataSets } from './data-sets.js';
import { type RawToDspOptions, rawToDspOptions } from './options.js';

/** Runs a chain of signal processors over the waveforms of raw tables. */
export const rawToDsp: RowStage<RawToDspOptions> = {
  name: stageName,
  version: '1',
  title: 'Process waveforms',
  description:
    'Runs a chain of signal processors over raw tables: energies, times, shapes of every waveform.',
  dependsOn: 'raw',
  alsoReads: joinable,
  reads: (config) => ['raw', ...namedDataSets(config)],
  provides: 'dsp',
  configSchema: rawToDspOptions,
  untracked: [],
  work: 'rows',
  plan(config, tables) {
    const remarks: string[] = [];
    const tasks: RowTask[] = [];
    const rows = rowRange(config);
    for (const { table, chain, database } of assignChains(config, tables, remarks)) {
      const request = { database, ...(config.outputs === undefined ? {} : { outputs: config.outputs }) };
      const columns = inTable(table, () => chainFields(chain, request)).filter((column) =>
        table.sample.columns.has(column),
      );
      const { numbers } = config;
      const payload: ChainPayload = {
        config: chain,
        ...request,
        numbers,
        sample: pick(table.sample, columns),
      };
      const planned = inTable(table, () => planTask(table.path, payload));
      if (planned.outputSchema.columns.length === 0)
        throw new StageError(stageName, `for ${table.path}: none of the outputs is computed or in the table`);
      remarks.push(...planned.warnings.map((warning) => `${table.path}: ${warning}`));
      const output = renameTier(table.path, 'raw', 'dsp');
      tasks.push({
        input: table.path,
        output,
        columns,
        ...(rows === undefined ? {} : { rows }),
        blockRows: blockRowsFor(payload.sample),
        payload,
      });
    }
    const documents = tasks.length === 0 ? [] : [{ path: 'dsp_info', object: provenance(config) }];
    return { tasks, documents, remarks };
  },
  kernel: (task) => chainKernel(task),
};

function rowRange({ firstRow = 0, nMax }: RawToDspOptions): readonly [number, number] | undefined {
  if (firstRow === 0 && nMax === undefined) return undefined;
  return [firstRow, nMax === undefined ? Number.MAX_SAFE_INTEGER : firstRow + nMax];
}

function pick(table: Table, columns: readonly string[]): Table {
  return { ...table, columns: new Map([...table.columns].filter(([column]) => columns.includes(column))) };
}

/**
 * What the file was made with, inside the file: the version of the stage and its options. Which rows were chosen is left
 * out: rows that were made in several goes are the same as those of one.
 */
function provenance(options: RawToDspOptions): Struct {
  const config = Object.fromEntries(
    Object.entries(options).filter(([name]) => name !== 'firstRow' && name !== 'nMax'),
  );
  const text = (value: JsonValue): Scalar => ({ kind: 'scalar', value: canonicalJson(value), attrs: {} });
  const version: Scalar = { kind: 'scalar', value: rawToDsp.version, attrs: {} };
  const fields = new Map<string, DataObject>([
    ['stage_version', version],
    ['options', text(config)],
  ]);
  return { kind: 'struct', fields, attrs: {} };
}
