import { z } from 'zod';

/** Which data sets of its run have to do with the rows of one: known from the jobs that made them. */
export const correspondence = z
  .strictObject({
    /** Data sets whose tables have the same rows, itself too: row k of `ch1/dsp` is made of row k of `ch1/raw`. */
    sameRows: z.array(z.uuid()),
    /** Events and coincidence maps; `missing` says why the hits of their events cannot be found among these rows. */
    events: z.array(z.strictObject({ dataset: z.uuid(), missing: z.string().nullable() })),
  })
  .meta({ id: 'Correspondence' });
export type Correspondence = z.infer<typeof correspondence>;

/** Hits of some events as rows of tables of a data set. */
export const eventHits = z
  .strictObject({
    /** Path of the coincidence map in its file. */
    map: z.string(),
    /** Events of the map. */
    events: z.number().int(),
    /** Event by event; the first 1000. */
    hits: z.array(z.strictObject({ event: z.number().int(), table: z.string(), row: z.number().int() })),
    /** Hits of these events, those in absent tables too. */
    total: z.number().int(),
    /** Tables of hits to which none in the data set corresponds. */
    absent: z.array(z.string()),
  })
  .meta({ id: 'EventHits' });
export type EventHits = z.infer<typeof eventHits>;
