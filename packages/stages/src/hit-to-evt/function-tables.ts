import type { ChannelCalibrations, EventFunctionTables } from '@countroom/events';
import { isTree, valueAt, valuesOfChannel } from '@countroom/parameters';
import { StageError } from '@countroom/pipeline';
import type { z } from 'zod';
import { detectorNames, tableKey } from './channel-map.js';
import { channelOperations, crossTalk, type HitToEvtOptions } from './evt-options.js';

const stage = 'hit_to_evt';
/** What holds for the whole experiment stands under this pattern. */
const everyChannel = '*';

/**
 * What event functions work with beside the data, with the values that references stand for.
 * @param keys of the tables; without them only what is no reference is taken, which is enough to see what is read
 * Throws a StageError for values that are missing or of another form, and for names that are no channel.
 */
export function functionTables(options: HitToEvtOptions, keys?: readonly number[]): EventFunctionTables {
  return {
    crossTalk: crossTalkOf(options, keys !== undefined),
    calibrations: calibrationsOf(options, keys),
    detectors: detectorNames(options),
  };
}

function crossTalkOf(
  { crossTalk: given, database = {} }: HitToEvtOptions,
  resolve: boolean,
): EventFunctionTables['crossTalk'] {
  if (typeof given !== 'string') return given;
  if (!resolve) return undefined;
  const found = valueAt(valuesOfChannel(database, everyChannel), given.slice(3));
  if (found === undefined)
    throw new StageError(
      stage,
      `crossTalk: there is no value for ${given}: approve one for "${everyChannel}" in the set evt, or give it under database`,
    );
  return parsed(crossTalk, found, `crossTalk: ${given}`);
}

function calibrationsOf(
  { calibrations: given, database = {} }: HitToEvtOptions,
  keys: readonly number[] | undefined,
): ChannelCalibrations | undefined {
  if (given === undefined || (typeof given === 'string' && keys === undefined)) return undefined;
  if (typeof given !== 'string') {
    return new Map(
      Object.entries(given).map(([channel, operations]) => {
        const key = tableKey(channel);
        if (key !== undefined) return [key, operations] as const;
        throw new StageError(stage, `calibrations: ${channel} is no channel; write it as ch1084803`);
      }),
    );
  }
  const found = keys!.flatMap((key): [number, z.infer<typeof channelOperations>][] => {
    const value = valueAt(valuesOfChannel(database, `ch${key}`), given.slice(3));
    return isTree(value)
      ? [[key, parsed(channelOperations, value, `calibrations: ${given} of ch${key}`)]]
      : [];
  });
  if (found.length === 0)
    throw new StageError(
      stage,
      `calibrations: no channel has ${given}: approve such operations in the set hit, or give them under database`,
    );
  return new Map(found);
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [fault] = result.error.issues;
  throw new StageError(stage, `${place} does not fit: ${fault!.path.join('.')}: ${fault!.message}`);
}
