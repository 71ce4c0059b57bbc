import { join } from 'node:path';
import { analysisSummary, type JsonValue } from '@countroom/contracts';
import { portsOf } from '@countroom/pipeline';
import type { Lineage } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { z } from 'zod';
import type { CatalogueRepository, StoredDataset } from '../store/catalogue.repository.js';
import type { JobRow } from '../store/jobs.repository.js';
import { withFoundValues } from '../submit/resolve-parameters.js';

/** What a stage is given for a job. */
export interface JobWork {
  /** Files by port. */
  readonly inputs: Readonly<Record<string, string[]>>;
  readonly options: JsonValue;
  /** Analyses whose values it uses though nobody approved them: files. */
  readonly unapproved: readonly string[];
}

const analysisReport = z.object({ input: analysisSummary });

/**
 * Files and options of a job. An analysis among its inputs that the stage does not read gives its values to the options
 * when the job's lineage says so; otherwise the job has only waited for its approval.
 * @param folderOf folder of a store on this machine
 */
export async function workOf(
  job: JobRow,
  catalogue: CatalogueRepository,
  folderOf: (store: string) => string,
): Promise<JobWork> {
  const options = job.config as JsonValue;
  const ports = portsOf(stages.get(job.stage), options);
  const { inputs: sources } = job.lineage as unknown as Lineage;
  const inputs: Record<string, string[]> = {};
  const analyses: StoredDataset[] = [];
  for (const { port, datasetId: id } of job.inputs) {
    const isPort = ports.includes(port);
    if (!isPort && !sources.some(({ dataKind }) => dataKind === port)) continue;
    const dataset = id === null ? null : await catalogue.find(id);
    if (dataset === null) throw new Error(`Its input ${port} is not in the catalogue any more.`);
    if (!isPort) analyses.push(dataset);
    else if (dataset.deletedAt !== null) throw new Error(`Its input ${dataset.path} was deleted.`);
    else (inputs[port] ??= []).push(join(folderOf(dataset.store.name), dataset.path));
  }
  if (analyses.length === 0) return { inputs, options, unapproved: [] };
  const found = analyses.map(({ report }) => analysisReport.parse(report).input.content);
  return { inputs, options: withFoundValues(options, found), unapproved: analyses.map(({ path }) => path) };
}
