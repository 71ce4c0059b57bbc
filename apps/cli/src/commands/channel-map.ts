import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  isTree,
  mergeTrees,
  type ParameterTree,
  parseTimestamp,
  readValidityFile,
  resolveParameters,
} from '@countroom/parameters';
import { isRecord } from '../terminal/records.js';
import { readStructuredFile } from '../terminal/structured-file.js';
import { UsageError } from '../terminal/usage-error.js';
import { readValidityDocuments } from './validity-folder.js';

const endings = ['yaml', 'yml', 'json', 'jsonl'];

/**
 * The channel map at a path: a document (detector → facts), a validity file, or a folder. A folder holds a validity
 * file, or is LEGEND's metadata: channel maps below `hardware/configuration/channelmaps`, and statuses, which become the
 * facts below `analysis`, in `datasets/statuses`.
 * @param moment finds the moment (ms since 1970, UTC); asked only where there is a validity
 */
export async function channelMapAt(
  path: string,
  moment: () => number,
  category?: string,
): Promise<ParameterTree> {
  if (!existsSync(path)) throw new Error(`${path}: there is no such file or folder`);
  if (!statSync(path).isDirectory())
    return /^validity\./.test(basename(path)) ? held(path, moment(), category) : documentAt(path);
  const own = validityIn(path);
  if (own !== undefined) return held(own, moment(), category);
  const maps = validityIn(join(path, 'hardware', 'configuration', 'channelmaps'));
  if (maps === undefined)
    throw new UsageError(
      `--metadata ${path}: there is no validity file, neither in it nor in hardware/configuration/channelmaps below it`,
    );
  const channels = await held(maps, moment(), category);
  const states = validityIn(join(path, 'datasets', 'statuses'));
  if (states === undefined) return channels;
  const status = await held(states, moment(), category);
  return Object.fromEntries(
    Object.entries(channels).map(([name, facts]) => {
      const analysis = status[name];
      return [name, isTree(facts) && isTree(analysis) ? mergeTrees(facts, { analysis }) : facts];
    }),
  );
}

/** The moment that is given, else the one of the configuration, else the one in the name of a file. */
export function momentFor(given: string | undefined, config: unknown, file: string): () => number {
  return () => {
    const text = given ?? timeKeyOf(config) ?? /\d{8}T\d{6}Z/.exec(basename(file))?.[0];
    if (text === undefined)
      throw new UsageError(
        '--metadata holds values of several times: give --at, for example 20230318T012144Z, or time_key',
      );
    const moment = parseTimestamp(text);
    if (moment === undefined)
      throw new UsageError(
        `${given === undefined ? 'time_key' : '--at'} ${text} is no moment such as 20230318T012144Z`,
      );
    return moment;
  };
}

/** The first moment among the lists of channels; that they are the same is seen later. */
function timeKeyOf(config: unknown): string | undefined {
  const lists = isRecord(config) && isRecord(config['channels']) ? Object.values(config['channels']) : [];
  const found = lists.map((list) => (isRecord(list) ? list['time_key'] : undefined));
  return found.find((key) => typeof key === 'string');
}

function validityIn(folder: string): string | undefined {
  return endings.map((ending) => join(folder, `validity.${ending}`)).find((file) => existsSync(file));
}

async function held(file: string, at: number, category?: string): Promise<ParameterTree> {
  const { validity, documents } = await readValidityDocuments(file);
  const entries = readValidityFile(validity, documents).map((entry, version) => ({ ...entry, version }));
  return resolveParameters(entries, category === undefined ? { at } : { at, category });
}

async function documentAt(file: string): Promise<ParameterTree> {
  const content = await readStructuredFile(file);
  if (isTree(content)) return content;
  throw new Error(`${file} must hold an object: detector, and its facts`);
}
