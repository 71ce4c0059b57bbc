import { dirname, resolve } from 'node:path';
import { namedText } from '../terminal/named-text.js';
import { isRecord, readDatabases } from '../terminal/records.js';
import { readStructuredFile } from '../terminal/structured-file.js';
import { channelMapAt, momentFor } from './channel-map.js';
import { runTableStage, type TableStageOptions } from './run-table-stage.js';

export interface EvtArguments extends TableStageOptions {
  readonly config: string;
  readonly hit?: string;
  readonly dsp?: string;
  readonly raw?: string;
  readonly map?: string;
  readonly tables?: string[];
  readonly metadata?: string;
  readonly at?: string;
  readonly category?: string;
  readonly crosstalk?: string;
  readonly calibrations?: string;
  readonly db?: string[];
  readonly compat?: string;
  readonly name?: string;
}

/** Builds events of files. */
export async function runHitToEvt(tcm: string, options: EvtArguments): Promise<void> {
  const { hit, dsp, raw, map, name, tables = [], metadata, category, calibrations, db, compat } = options;
  const inputs = Object.entries({ tcm, hit, dsp, raw }).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  const config = await configOf(options.config);
  const settings = {
    config,
    tables: Object.fromEntries(tables.map((text) => namedText(text, '--tables'))),
    ...(metadata === undefined
      ? {}
      : { metadata: await channelMapAt(metadata, momentFor(options.at, config, tcm), category) }),
    ...(options.crosstalk === undefined ? {} : { crossTalk: await matricesOf(options.crosstalk) }),
    ...(calibrations === undefined
      ? {}
      : {
          calibrations: calibrations.startsWith('db.')
            ? calibrations
            : await readStructuredFile(calibrations),
        }),
    ...(db === undefined ? {} : { database: await readDatabases(db) }),
    ...(map === undefined ? {} : { map }),
    ...(compat === undefined ? {} : { compat }),
    ...(name === undefined ? {} : { name }),
  };
  await runTableStage('hit_to_evt', Object.fromEntries(inputs), settings, options);
}

/** Matrices of a file, or the name of a parameter that has them. */
async function matricesOf(file: string): Promise<object | string> {
  if (file.startsWith('db.')) return file;
  const { readCrossTalk } = await import('@countroom/stages');
  return readCrossTalk(file);
}

/** The configuration; detector names may stand in a file of their own, named from its folder. */
async function configOf(file: string): Promise<unknown> {
  const config = await readStructuredFile(file);
  const names = isRecord(config) ? config['channel_mapping'] : undefined;
  if (typeof names !== 'string') return config;
  return { ...(config as object), channel_mapping: await readStructuredFile(resolve(dirname(file), names)) };
}
