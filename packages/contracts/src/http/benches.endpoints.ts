import { z } from 'zod';
import { moment, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';

/** Name of a panel on a bench; the kind, with a number behind it when there are several of a kind: `xy`, `xy-2`. */
const panelId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and -');

/** What stands on a bench: panels in order with their widths in sixths, and what each is set to. */
export const benchContent = z
  .strictObject({
    panels: z
      .array(
        z.strictObject({
          id: panelId,
          kind: panelId,
          width: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(6)]),
        }),
      )
      .max(24)
      .refine((panels) => new Set(panels.map(({ id }) => id)).size === panels.length, 'every panel once'),
    /** Settings as they stand in the address of the page: `oscilloscope.mode` → `average`. */
    settings: z.record(z.string().max(80), z.string().max(2000)).default({}),
  })
  .meta({ id: 'BenchContent' });
export type BenchContent = z.infer<typeof benchContent>;

/** A saved bench of instruments: one's own, or shared by everybody who sees the detector. */
export const benchInfo = z
  .strictObject({
    id: z.uuid(),
    detector: slug,
    name: z.string(),
    shared: z.boolean(),
    /** Who saved it last. */
    by: z.string(),
    updatedAt: moment,
    content: benchContent,
  })
  .meta({ id: 'BenchInfo' });
export type BenchInfo = z.infer<typeof benchInfo>;

const benchName = z.string().trim().min(1).max(64);
const detectorPath = z.strictObject({ detector: slug });
const benchPath = z.strictObject({ detector: slug, id: z.uuid() });

/** Benches of instruments with saved layouts. */
export const benchEndpoints = {
  list: defineEndpoint({
    id: 'benches.list',
    method: 'GET',
    path: '/detectors/:detector/benches',
    role: 'viewer',
    detectorParam: 'detector',
    summary: 'Benches of a detector: those shared, and those of the person who asks',
    params: detectorPath,
    response: z.array(benchInfo),
  }),
  save: defineEndpoint({
    id: 'benches.save',
    method: 'POST',
    path: '/detectors/:detector/benches',
    role: 'viewer',
    detectorParam: 'detector',
    summary: 'Save a bench under a name, over the one that has it; shared ones take the role shifter',
    params: detectorPath,
    body: z.strictObject({ name: benchName, shared: z.boolean().default(false), content: benchContent }),
    response: benchInfo,
  }),
  remove: defineEndpoint({
    id: 'benches.remove',
    method: 'DELETE',
    path: '/detectors/:detector/benches/:id',
    role: 'viewer',
    detectorParam: 'detector',
    summary: 'Remove a bench of one’s own; shared ones take the role shifter',
    params: benchPath,
  }),
};
