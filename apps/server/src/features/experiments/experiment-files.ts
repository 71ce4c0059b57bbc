import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Experiment,
  type endpoints,
  experimentContent,
  type ResponseOf,
  slug,
} from '@countroom/contracts';
import { parse } from 'yaml';
import { checkContent } from '../configurations/content-check.js';

export type Experiments = ResponseOf<typeof endpoints.experiments.list>;

const largestBytes = 262_144;
const mostFiles = 200;

/**
 * The experiments of some folders, one per YAML file, by the names of the files; a file of a later folder takes the place
 * of one with its name. A file that is no experiment is told of and keeps no other from being read.
 */
export async function readExperiments(folders: readonly string[]): Promise<Experiments> {
  const found = new Map<string, Experiment>();
  const faults: Experiments['faults'] = [];
  for (const folder of folders) {
    for (const file of await filesOf(folder)) {
      try {
        const experiment = await readExperiment(folder, file);
        found.set(experiment.id, experiment);
      } catch (error) {
        faults.push({ file, message: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  return { experiments: [...found.values()], faults };
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .slice(0, mostFiles);
}

async function readExperiment(folder: string, file: string): Promise<Experiment> {
  const id = slug.safeParse(file.replace(/\.ya?ml$/, ''));
  if (!id.success) throw new Error('The name of the file must be of small letters, digits, - and _.');
  const path = join(folder, file);
  const facts = await stat(path);
  if (!facts.isFile()) throw new Error('It is no file.');
  if (facts.size > largestBytes) throw new Error('It is larger than 256 KiB.');
  const parsed = experimentContent.safeParse(parse(await readFile(path, 'utf8'), { maxAliasCount: 100 }));
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'whole'}: ${issue.message}`);
    throw new Error(issues.join('; '));
  }
  const { presets, analysis } = parsed.data;
  for (const { name, configuration } of presets)
    inPlace(`Preset ${name}`, () => checkContent('detector', configuration));
  if (analysis.length > 0) inPlace('Analysis', () => checkContent('pipeline', { stages: analysis }));
  return { id: id.data, ...parsed.data };
}

function inPlace(place: string, check: () => unknown): void {
  try {
    check();
  } catch (cause) {
    throw new Error(`${place}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
