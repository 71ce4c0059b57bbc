import type { EventFunctionTables, EventOperation } from '@countroom/events';
import { StageError } from '@countroom/pipeline';
import { z } from 'zod';
import { hitOperation } from '../dsp-to-hit/hit-config.js';
import { keyIn } from './tier-tables.js';

const names = z.union([z.string().min(1), z.array(z.string().min(1))]);

/** One field of the event table, in the words of configuration files. */
export const evtOperation = z.strictObject({
  expression: z.string().min(1).max(10_000).optional().meta({ title: 'Expression' }),
  aggregation_mode: z.string().min(1).optional().meta({
    title: 'Aggregation mode',
    description:
      'sum, any, all, gather, first_at:…, last_at:…, keep_at_ch:evt.…, keep_at_idx:evt.…, function',
  }),
  channels: names.optional().meta({ title: 'Channels', description: 'Names of channel lists; empty: all' }),
  exclude_channels: names.optional().meta({ title: 'Excluded channels' }),
  query: z.string().min(1).max(10_000).optional().meta({ title: 'Query', description: 'Which hits count' }),
  parameters: z
    .record(z.string(), z.union([z.number(), z.boolean()]))
    .default({})
    .meta({ title: 'Parameters' }),
  initial: z.union([z.number(), z.boolean(), z.string()]).optional().meta({
    title: 'Initial value',
    description: 'Where no hit counts, and what sums start from; np.nan, np.inf and -np.inf are understood',
  }),
  sort: z.string().min(1).optional().meta({ title: 'Order', description: 'ascend_by:… or descend_by:…' }),
  dtype: z.string().min(1).optional().meta({ title: 'Number type' }),
  lgdo_attrs: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({ title: 'Attributes' }),
  description: z.string().optional().meta({ title: 'Description' }),
});

const shares = z.array(z.array(z.number().nullable()));

const crossTalk = z.strictObject({
  channels: z.array(z.int()).meta({ title: 'Channels', description: 'Table keys of rows and columns' }),
  negative: shares.meta({ title: 'Negative', description: 'Share of the row in the column; null: none' }),
  positive: shares.meta({ title: 'Positive', description: 'Share of the row in the column; null: none' }),
  calibrations: z.record(z.string(), z.record(z.string(), hitOperation)).default({}).meta({
    title: 'Calibrations',
    description: 'Channel such as ch1084803 → operations of its hits, for corrected energies',
  }),
});

/** Options of hit_to_evt. */
export const hitToEvtOptions = z.strictObject({
  config: z
    .strictObject({
      channels: z.record(z.string(), names).meta({
        title: 'Channel lists',
        description: 'Name → tables such as ch1084803, in the order in which they count',
      }),
      channel_mapping: z.record(z.string(), z.string()).default({}).meta({ title: 'Detector names' }),
      operations: z
        .record(z.string().regex(/^[A-Za-z_]\w*$/), evtOperation)
        .meta({ title: 'Fields, in order' }),
      outputs: z.array(z.string()).optional().meta({ title: 'Outputs', description: 'Empty: all fields' }),
    })
    .meta({ title: 'Configuration' }),
  map: z
    .string()
    .min(1)
    .optional()
    .meta({ title: 'Name of the map', description: 'Empty: the only one there is' }),
  tables: z
    .record(z.string(), z.string().regex(/^[^{}]*\{\}[^{}]*$/, 'a path with one {} for the table key'))
    .default({})
    .meta({ title: 'Tables of a tier', description: 'Tier → path, ch{}/hit; empty: ch{}/<tier>' }),
  compat: z.enum(['none', 'pygama']).default('none').meta({
    title: 'Compatibility',
    description:
      'pygama: repeat known faults of the established event builder (two hits of a channel, NaN, negatives)',
  }),
  crossTalk: crossTalk.optional().meta({
    title: 'Cross-talk',
    description:
      'Matrices for geds.apply_xtalk_correction, as countroom hit-to-evt reads them from LH5 files',
  }),
  name: z.string().min(1).default('evt').meta({ title: 'Name of the event table' }),
  eventsAtOnce: z.number().int().min(1).default(10_000).meta({ title: 'Events at once' }),
});
/** Options of hit_to_evt. */
export type HitToEvtOptions = z.infer<typeof hitToEvtOptions>;

/** A field as the event builder takes it. */
export function toOperation(operation: z.infer<typeof evtOperation>): EventOperation {
  const list = (value: string | string[] | undefined): string[] | undefined =>
    typeof value === 'string' ? [value] : value;
  const { description, lgdo_attrs: attrs } = operation;
  return {
    expression: operation.expression,
    aggregationMode: operation.aggregation_mode,
    channels: list(operation.channels),
    excludeChannels: list(operation.exclude_channels),
    query: operation.query,
    parameters: operation.parameters,
    initial: operation.initial,
    sort: operation.sort,
    dtype: operation.dtype,
    attrs: description === undefined ? attrs : { ...attrs, description },
  };
}

/** What event functions work with beside the data. Throws a StageError for calibrations of what is no channel. */
export function functionTables({
  crossTalk: given,
}: Pick<HitToEvtOptions, 'crossTalk'>): EventFunctionTables {
  if (given === undefined) return {};
  const { calibrations, ...matrices } = given;
  const byKey = Object.entries(calibrations).map(([channel, operations]) => {
    const key = keyIn(channel, 'ch{}') ?? keyIn(channel, '{}');
    if (key !== undefined) return [key, operations] as const;
    throw new StageError(
      'hit_to_evt',
      `crossTalk.calibrations: ${channel} is no channel; write it as ch1084803`,
    );
  });
  return {
    crossTalk: matrices,
    ...(byKey.length === 0 ? {} : { calibrations: new Map(byKey) }),
  };
}
