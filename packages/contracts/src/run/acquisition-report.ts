import { z } from 'zod';
import { int64Text } from '../codec/int64.js';
import { detectorStatus } from './detector-status.js';

/**
 * What an acquisition process says of its detector, on the bus and in the database: the actual side of
 * `detectorStatus`. The api puts goal, baton and alarms beside it.
 */
export const acquisitionReport = detectorStatus
  .pick({
    detector: true,
    state: true,
    phase: true,
    health: true,
    message: true,
    run: true,
    counters: true,
    sources: true,
    disk: true,
  })
  .extend({
    /** Wall clock of the report. */
    at: z.iso.datetime(),
    /** Process that owns the detector, and the token of its lease. */
    instance: z.string(),
    leaseToken: int64Text,
    /** Version of the goal that it works towards. */
    goalVersion: z.number().int(),
  })
  .meta({ id: 'AcquisitionReport' });
export type AcquisitionReport = z.infer<typeof acquisitionReport>;

/** Topic of reports on the bus; not one that viewers can subscribe to. */
export const acquisitionReportTopic = 'acquisition.report';

/** Key of a detector's reports on the bus. */
export function acquisitionReportKey(detector: string): string {
  return `${acquisitionReportTopic}:${detector}`;
}
