import type { EventOperation } from '@countroom/events';
import { z } from 'zod';
import { hitOperation, parameterReference } from '../dsp-to-hit/hit-config.js';

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

/** Cross-talk matrices. */
export const crossTalk = z.strictObject({
  channels: z.array(z.int()).meta({ title: 'Channels', description: 'Table keys of rows and columns' }),
  negative: shares.meta({ title: 'Negative', description: 'Share of the row in the column; null: none' }),
  positive: shares.meta({ title: 'Positive', description: 'Share of the row in the column; null: none' }),
});

/** Operations of the hits of one channel. */
export const channelOperations = z.record(z.string(), hitOperation);

const timeKey = z.string().min(1).optional().meta({
  title: 'Moment',
  description: 'For which the channel map counts, such as 20230318T012144Z; empty: the beginning of the run',
});

const fact = z.union([z.string(), z.number(), z.boolean()]);

const describedChannels = z.union([
  ...names.options,
  z.strictObject({
    query: z
      .string()
      .min(1)
      .max(10_000)
      .meta({ title: 'Query', description: 'Over facts of the channel map' }),
    time_key: timeKey,
  }),
  z
    .object({
      module: z.string().min(1).meta({ title: 'Function', description: 'legend.metadata' }),
      time_key: timeKey,
      system: z.string().optional().meta({ title: 'System', description: 'geds, spms …' }),
      selectors: z
        .record(z.string(), z.union([fact, z.array(fact)]))
        .optional()
        .meta({ title: 'Facts', description: 'Path such as analysis.usability → value, or several' }),
    })
    .catchall(z.json()),
]);

/** Options of hit_to_evt. */
export const hitToEvtOptions = z.strictObject({
  config: z
    .strictObject({
      channels: z.record(z.string(), describedChannels).meta({
        title: 'Channel lists',
        description:
          'Name → tables such as ch1084803, in the order in which they count; or a query over the channel map, or a function',
      }),
      channel_mapping: z.record(z.string(), z.string()).default({}).meta({
        title: 'Detector names',
        description: 'Table → name, for legend.convert_rawid; empty: those of the channel map',
      }),
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
  crossTalk: z.union([parameterReference, crossTalk]).optional().meta({
    title: 'Cross-talk',
    description: 'Matrices for geds.apply_xtalk_correction, or db.… for approved ones of the set evt',
  }),
  calibrations: z
    .union([parameterReference, z.record(z.string(), channelOperations)])
    .optional()
    .meta({
      title: 'Calibrations',
      description:
        'Channel such as ch1084803 → operations of its hits, for corrected energies; or db.… for approved ones of the set hit',
    }),
  metadata: z.record(z.string(), z.json()).optional().meta({
    title: 'Channel map',
    description:
      'Detector → facts such as system and daq.rawid; over those of the sets channelmap and status',
  }),
  database: z.record(z.string(), z.json()).optional().meta({
    title: 'Parameters',
    description: 'Values for db.… by channel or pattern; over the approved ones of the run',
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
