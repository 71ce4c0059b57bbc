import { z } from 'zod';

/** Options of pulse_statistics. */
export const statisticsOptions = z.strictObject({
  table: z.string().min(1).max(255).default('pulses').meta({
    title: 'Table',
    description: 'What find_pulses called its result',
  }),
  fromUs: z.number().min(0).default(1.5).meta({
    title: 'Lifetime fit from',
    unit: 'µs',
    description: 'Right behind the first pulse the search is blind',
  }),
  toUs: z.number().positive().default(15).meta({ title: 'Lifetime fit to', unit: 'µs' }),
  binUs: z.number().positive().default(0.5).meta({
    title: 'Bins of the delays',
    unit: 'µs',
    description: 'For the picture only: the fit takes every delay by itself',
  }),
  intervalS: z.number().positive().default(10).meta({
    title: 'Interval of the Poisson check',
    unit: 's',
  }),
  cutV: z.number().default(0.05).meta({
    title: 'Height that counts for the efficiency',
    unit: 'V',
  }),
  liveTimeS: z.number().positive().optional().meta({
    title: 'Live time of the run',
    unit: 's',
    description: 'Gives the rate corrected for dead time; absent: only the rate of what was recorded',
  }),
});
/** Options of pulse_statistics. */
export type StatisticsOptions = z.infer<typeof statisticsOptions>;
