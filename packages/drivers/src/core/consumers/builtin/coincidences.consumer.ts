import { type CoincidenceMap, LiveCoincidences } from '@countroom/events';
import { z } from 'zod';
import type { EventConsumer } from '../consumer-module.api.js';
import { defineConsumer } from './builtin-consumer.js';

const configSchema = z.strictObject({
  windowNs: z
    .number()
    .min(0)
    .default(1000)
    .meta({ title: 'Window', unit: 'ns', description: 'Largest distance of hits of one event' }),
  windowReference: z.enum(['last', 'first']).default('last').meta({
    title: 'Window measured from',
    description: 'last: the hit before, events grow; first: the first hit of the event, a fixed width',
  }),
  latenessMs: z.number().positive().max(60_000).default(1000).meta({
    title: 'Lateness',
    unit: 'ms',
    description: 'So long a silent channel is waited for; hits that come later are counted as late',
  }),
  mapFile: z.string().nullable().default(null).meta({
    title: 'File of the map',
    description: 'A line per event: channel and row of each hit; null: only histograms',
  }),
});

/** Hits that are looked at before events are given away. */
const hitsAtOnce = 256;

/** The coincidence map of a run while it takes data: multiplicities, rates, and the map itself. */
export const coincidencesConsumer = defineConsumer({
  kind: 'coincidences',
  title: 'Coincidences',
  description:
    'Puts hits of all channels together by their device time while the run goes on, with a bounded wait for late ones. ' +
    'With single events and the policy obligatory the map is the one that build_tcm makes of the packed run.',
  configSchema,
  create: ({ windowNs, windowReference, latenessMs, mapFile }, context): EventConsumer => {
    if (context.threads > 1)
      throw new RangeError('coincidences: hits of one run cannot be shared by threads');
    const { channels } = context;
    const keys = channels.map(({ channel }) => channel);
    const place = new Map(keys.map((channel, i) => [channel, i]));
    const live = new LiveCoincidences({
      tables: channels.map(({ channel, label }) => ({ path: `channel ${label}`, key: channel })),
      windowNs,
      reference: windowReference,
      latenessNs: 1e6 * latenessMs,
    });
    const multiplicity = context.histogram('multiplicity', {
      min: 0.5,
      max: Math.max(2, channels.length) + 1.5,
      bins: Math.max(2, channels.length) + 1,
      yMax: 1000,
      title: 'hits of an event',
      logarithmic: true,
    });
    const file = mapFile === null ? undefined : context.lines(mapFile);
    let [hits, together, first, newest] = [0, 0, 0n, 0n];
    const show = ({ table, row, ends }: CoincidenceMap): void => {
      for (let event = 0, from = 0; event < ends.length; from = ends[event]!, event++) {
        const size = ends[event]! - from;
        multiplicity.fill(size);
        if (size > 1) together += 1;
        if (file === undefined) continue;
        const parts: number[] = [];
        for (let hit = from; hit < ends[event]!; hit++) parts.push(keys[table[hit]!]!, row[hit]!);
        file.write(parts.join(' '));
      }
      if (ends.length > 0) context.count('events', ends.length);
      const seconds = Number(newest - first) / 1e9;
      context.value('late hits', live.late);
      if (seconds > 0) context.value('coincidences per second', together / seconds);
    };
    return {
      event: ({ channels: parts, deviceTimeNs }) => {
        if (hits === 0) first = deviceTimeNs;
        if (deviceTimeNs > newest) newest = deviceTimeNs;
        for (const { channel } of parts) live.add(place.get(channel)!, deviceTimeNs);
        context.count('hits', parts.length);
        hits += 1;
        if (hits % hitsAtOnce === 0) show(live.take());
        return false;
      },
      end: () => show(live.end()),
    };
  },
});
