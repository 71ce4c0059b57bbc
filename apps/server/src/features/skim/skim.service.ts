import {
  type endpoints,
  type InputOf,
  type SkimColumns,
  type SkimCounts,
  type SkimRows,
} from '@countroom/contracts';
import { skimNeeds, skimOptions } from '@countroom/stages';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { findStoredFile } from '../data/datasets/stored-file.js';
import { ReadingService } from '../data/reading/reading.service.js';
import type { SkimFilesAsked } from '../data/reading/readings.js';
import { RunResultsService } from '../jobs/store/run-results.service.js';

type Skim = typeof endpoints.skim;
type RunName = InputOf<Skim['columns']>['body']['runs'][number];

/** Tiers that queries can read, in the order in which they are made. */
const tiers = ['raw', 'dsp', 'hit', 'tcm', 'evt'];

export interface NamedRun extends SkimFilesAsked {
  readonly name: RunName;
}

/** Queries over the newest stored results of runs. */
@Injectable()
export class SkimService {
  constructor(
    private readonly results: RunResultsService,
    private readonly reading: ReadingService,
    private readonly config: AppConfig,
  ) {}

  async columns({ runs }: InputOf<Skim['columns']>['body']): Promise<SkimColumns> {
    const found = await this.runsOf(runs, tiers);
    const [first] = found.filter(({ files }) => Object.keys(files).length > 0);
    const empty = found.filter(({ files }) => Object.keys(files).length === 0).map(({ name }) => name);
    const facts = Object.entries(first?.facts ?? found[0]!.facts).map(([name, value]) => ({
      name: `run.${name}`,
      units: null,
      type: typeof value === 'string' ? 'text' : typeof value,
      isNumber: typeof value !== 'string',
    }));
    const run = { tier: 'run', columns: facts };
    if (first === undefined) return { runs: runs.length, tiers: [run], channels: [], empty };
    const asked = (await this.reading.read('skim', placeOf(runs), {
      about: 'columns',
      runs: [first],
    })) as Pick<SkimColumns, 'tiers' | 'channels'>;
    return { runs: runs.length, tiers: [...asked.tiers, run], channels: asked.channels, empty };
  }

  async rows({ runs, query, count }: InputOf<Skim['rows']>['body']): Promise<SkimRows> {
    return (await this.reading.read('skim', placeOf(runs), {
      about: 'rows',
      runs: await this.filesOf(runs, query),
      query,
      count,
    })) as SkimRows;
  }

  async histogram({ runs, query, axes }: InputOf<Skim['histogram']>['body']): Promise<SkimCounts> {
    const columns = axes.map(({ expression }) => `x = ${expression}`);
    const found = await this.runsOf(runs, neededBy({ ...query, columns }, axes));
    const ask = { about: 'histogram' as const, runs: found, query, axes };
    return (await this.reading.read('skim', placeOf(runs), ask)) as SkimCounts;
  }

  /** The files that a query over runs reads. */
  async filesOf(runs: readonly RunName[], query: Readonly<Record<string, unknown>>): Promise<NamedRun[]> {
    return this.runsOf(runs, neededBy(query, []));
  }

  /** The newest stored result of each of these tiers. */
  private async runsOf(names: readonly RunName[], wanted: readonly string[]): Promise<NamedRun[]> {
    const results = await this.results.newestOf(names, wanted);
    return Promise.all(
      results.map(async ({ name, files: places, facts }) => {
        const files: Record<string, string> = {};
        for (const [tier, place] of Object.entries(places))
          files[tier] = (await findStoredFile(this.config.stores, place)).path;
        return { name, files, facts };
      }),
    );
  }
}

/** Tiers that a query reads; all of them when it cannot be used, which is told where it is tried. */
function neededBy(query: Readonly<Record<string, unknown>>, axes: readonly unknown[]): readonly string[] {
  const parsed = skimOptions.safeParse(axes.length > 0 ? { ...query, columns: query['columns'] } : query);
  return parsed.success ? skimNeeds(parsed.data, true).tiers : tiers;
}

/** What runs are called where something is told of them. */
export function placeOf(runs: readonly RunName[]): { path: string; name: string } {
  const [first] = runs;
  const name = `run ${first!.detector}/${first!.number}`;
  return { path: '', name: runs.length === 1 ? name : `${name} and ${runs.length - 1} more` };
}
