import { StageError } from '@countroom/pipeline';
import { stageName } from './assignment.js';
import type { RawToDspOptions } from './options.js';

/** Data kinds whose tables a chain can have beside those of its input, or take numbers from. */
export const joinable = ['hit', 'tcm', 'evt'] as const;

const reference = new RegExp(`\\{(${joinable.join('|')})\\}`, 'g');

/** Data sets of the run that chains name in the place of a file, as `{hit}`; each once. */
export function namedDataSets({ config, channelConfigs, database }: RawToDspOptions): readonly string[] {
  const text = JSON.stringify([config ?? null, channelConfigs, database]);
  return [...new Set([...text.matchAll(reference)].map(([, kind]) => kind!))];
}

/** Finds the file that a chain means. */
export type FileFinder = (name: string) => string;

/** On the command line chains name files themselves. */
export const asNamed: FileFinder = (name) => name;

/**
 * In a job a chain names data sets of the run: what it reads is then part of the lineage. Throws a StageError for
 * anything else, since the content behind the name of a file may change.
 */
export function dataSetFinder(files: ReadonlyMap<string, string>): FileFinder {
  return (name) => {
    const kind = /^\{(\w+)\}$/.exec(name)?.[1];
    const file = kind === undefined ? undefined : files.get(kind);
    if (file !== undefined) return file;
    const known = joinable.map((one) => `{${one}}`).join(', ');
    throw new StageError(
      stageName,
      `${name}: in a job a chain names data sets of the run (${known}) in the place of files, so that its result can be reproduced`,
    );
  };
}
