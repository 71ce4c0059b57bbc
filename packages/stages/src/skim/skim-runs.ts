import { joinedReader } from '../files/lh5-reader.js';
import { OpenFiles } from '../files/open-files.js';
import type { SkimRun } from './skim.js';
import type { SkimOptions } from './skim-options.js';
import { stage } from './skim-texts.js';

/** The files of a run by tier, and what is known of it. */
export interface SkimFiles {
  readonly files: Readonly<Record<string, string | readonly string[]>>;
  readonly facts?: SkimOptions['facts'];
}

/** Runs whose files are open. */
export interface OpenRuns {
  readonly runs: readonly SkimRun[];
  readonly close: () => Promise<void>;
}

/** Opens the files of runs, of which only so many stay open at a time. Throws a StageError for files of one tier that hold the same table, and what reading throws. */
export async function openRuns(runs: readonly SkimFiles[], open = new OpenFiles()): Promise<OpenRuns> {
  const close = (): Promise<void> => open.close();
  try {
    const opened: SkimRun[] = [];
    for (const { files, facts } of runs) {
      const inputs = new Map<string, SkimRun['inputs'] extends ReadonlyMap<string, infer R> ? R : never>();
      for (const [tier, names] of Object.entries(files)) {
        const parts = [];
        for (const name of typeof names === 'string' ? [names] : names) parts.push(await open.open(name));
        inputs.set(tier, await joinedReader(stage, parts));
      }
      opened.push({ inputs, ...(facts === undefined ? {} : { facts }) });
    }
    return { runs: opened, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the files of runs for as long as some work takes. Throws what {@link openRuns} throws. */
export async function withRuns<T>(
  files: readonly SkimFiles[],
  work: (runs: readonly SkimRun[]) => Promise<T>,
): Promise<T> {
  const { runs, close } = await openRuns(files);
  try {
    return await work(runs);
  } finally {
    await close();
  }
}
