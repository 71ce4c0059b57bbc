import { AppError } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { CatalogueRepository } from './catalogue.repository.js';
import { type QueryFacts, QueryFactsRepository } from './run-facts.js';

export interface RunName {
  readonly detector: string;
  readonly number: number;
}

/** The newest stored results of a run by data kind, where they are, and what queries can say of it. */
export interface RunResults {
  readonly name: RunName;
  readonly files: Readonly<Record<string, { readonly store: string; readonly path: string }>>;
  readonly facts: QueryFacts;
}

/** What other features read of the results of runs. */
@Injectable()
export class RunResultsService {
  constructor(
    private readonly catalogue: CatalogueRepository,
    private readonly facts: QueryFactsRepository,
  ) {}

  /** In the order of the names; LH5 files of these data kinds. Throws `not-found` for a run that there is not. */
  async newestOf(names: readonly RunName[], dataKinds: readonly string[]): Promise<RunResults[]> {
    const runs = await this.catalogue.findRuns(names);
    const ids = runs.map(({ id }) => id);
    const [stored, facts] = await Promise.all([this.catalogue.ofRuns(ids), this.facts.of(ids)]);
    return names.map((name) => {
      const run = runs.find(({ detector, number }) => detector === name.detector && number === name.number);
      if (run === undefined)
        throw new AppError('not-found', `There is no run ${name.detector}/${name.number}.`);
      const files = dataKinds.flatMap((kind) => {
        const newest = stored.find(
          ({ runId, dataKind, format }) => runId === run.id && dataKind === kind && format === 'lh5',
        );
        return newest === undefined ? [] : [[kind, { store: newest.store.name, path: newest.path }] as const];
      });
      return { name, files: Object.fromEntries(files), facts: facts.get(run.id) ?? {} };
    });
  }
}
