import { type KeyedHits, multiplicities } from '@countroom/analysis';
import { type InputTable, StageError, type TableReader, type TableStage } from '@countroom/pipeline';
import { analyseTables } from '../analysis/analyse-tables.js';
import { keyOf } from '../build-tcm/build-tcm.stage.js';
import { findMap } from '../build-tcm/find-map.js';
import { readMap } from '../build-tcm/map-table.js';
import { type FindCutsOptions, findCutsOptions } from './cut-options.js';
import { expressionsOf, multiplicityColumn } from './cut-result.js';

const stage = 'find_cuts';

/** Cuts of every channel: data cleaning, events of a pulser, and single sites by A/E and LQ. */
export const findCuts: TableStage<FindCutsOptions> = {
  name: stage,
  version: '3',
  title: 'Find cuts',
  description:
    'Windows that clean data, events of a pulser, and cuts on A/E and LQ with what survives of lines, for every channel.',
  dependsOn: 'hit',
  alsoReads: ['dsp', 'tcm'],
  reads: ({ from, pulser }) => (pulser?.multiplicity === undefined ? [from] : [from, 'tcm']),
  provides: 'cuts',
  configSchema: findCutsOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const map = config.pulser?.multiplicity === undefined ? undefined : await hitsOf(inputs.get('tcm')!);
    const what = {
      analysis: 'find_cuts' as const,
      title: 'Cuts',
      set: 'hit',
      config,
      expressions: expressionsOf(config),
      ...(map === undefined
        ? {}
        : { beside: (table: InputTable) => Promise.resolve(multiplicityOf(map, table)) }),
    };
    return yield* analyseTables(what, inputs.get(config.from)!, context);
  },
};

/** The hits of all events of a coincidence map, with the pattern that gives tables their keys. */
async function hitsOf(reader: TableReader): Promise<KeyedHits & { readonly pattern: string }> {
  const { reader: maps, table } = await findMap(stage, reader, undefined);
  const map = await maps.read(table.path, [0, table.rows]);
  const pattern = table.sample.attrs['hash_func'];
  return { ...readMap(stage, table.path, map), pattern: typeof pattern === 'string' ? pattern : '\\d+' };
}

function multiplicityOf(
  map: KeyedHits & { readonly pattern: string },
  { path, rows }: InputTable,
): ReadonlyMap<string, Float64Array> {
  const key = keyOf(path, map.pattern);
  if (key === undefined)
    throw new StageError(stage, `pulser.multiplicity: ${path} has no number after which the map knows it`);
  return new Map([[multiplicityColumn, multiplicities(map, key, rows)]]);
}
