import { z } from 'zod';
import { flagQuery, moment, pageOf, pageQuery, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';

/** How bad. */
export const alarmSeverity = z.enum(['info', 'warning', 'alarm']).meta({ id: 'AlarmSeverity' });
export type AlarmSeverity = z.infer<typeof alarmSeverity>;

/** One alarm: raised once while its cause lasts, acknowledged by a person, cleared when the cause is gone. */
export const alarm = z
  .strictObject({
    id: z.uuid(),
    detector: slug.nullable(),
    /** What raised it: a source, `disk`, `database`, … */
    subject: z.string(),
    /** What is wrong: `source.unreachable`, `disk.low`, `buffer.full`, `signal.silent`, … */
    code: z.string(),
    severity: alarmSeverity,
    message: z.string(),
    raisedAt: moment,
    clearedAt: moment.nullable(),
    acknowledgedAt: moment.nullable(),
    acknowledgedBy: z.string().nullable(),
    /** What the person who acknowledged it found or did. */
    comment: z.string().nullable(),
    occurrences: z.number().int(),
  })
  .meta({ id: 'Alarm' });
export type Alarm = z.infer<typeof alarm>;

/** Alarms. */
export const alarmEndpoints = {
  list: defineEndpoint({
    id: 'alarms.list',
    method: 'GET',
    path: '/alarms',
    role: 'viewer',
    summary: 'List alarms; active ones first',
    query: z.strictObject({ ...pageQuery, active: flagQuery.optional(), detector: slug.optional() }),
    response: pageOf(alarm),
  }),
  acknowledge: defineEndpoint({
    id: 'alarms.acknowledge',
    method: 'POST',
    path: '/alarms/:id/acknowledge',
    role: 'shifter',
    anyDetector: true,
    summary: 'Acknowledge an alarm',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ comment: z.string().max(1000).default('') }),
    response: alarm,
  }),
  acknowledgeAll: defineEndpoint({
    id: 'alarms.acknowledge-all',
    method: 'POST',
    path: '/alarms/acknowledge-all',
    role: 'shifter',
    anyDetector: true,
    summary: 'Acknowledge every alarm',
    body: z.strictObject({ detector: slug.optional() }),
    response: z.strictObject({ acknowledged: z.number().int() }),
  }),
};
