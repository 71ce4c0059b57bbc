import { z } from 'zod';
import { defineEndpoint } from './endpoint.js';

/**
 * What to take of a dataset, axis by axis with `;` between them: an index, which takes the axis away, or `start:stop` or
 * `start:stop:step`. Axes that are not named come whole.
 */
export const hdf5Axes = z
  .string()
  .regex(
    /^(\d+(:\d+(:\d+)?)?(;\d+(:\d+(:\d+)?)?){0,31})?$/,
    'an index, start:stop or start:stop:step for each axis, with ; between',
  )
  .transform((text) =>
    text === ''
      ? []
      : text.split(';').map((axis): number | [number, number, number] => {
          const [start = 0, stop, step = 1] = axis.split(':').map(Number);
          return stop === undefined ? start : [start, stop, step];
        }),
  );

/** Part of a dataset of any HDF5 file. */
export const hdf5Slice = z
  .strictObject({
    path: z.string(),
    /** For people: `float64`, `compound { x: int32 }`. */
    type: z.string(),
    /** Whether its elements can be drawn. */
    numeric: z.boolean(),
    units: z.string().nullable(),
    /** Extents of the dataset, and of this part without the axes that were reduced to one index. */
    full: z.array(z.number().int()),
    shape: z.array(z.number().int()),
    /** Row-major; 64-bit integers, NaN and infinities as text, long texts and lists cut with `…`. */
    data: z.array(z.json()),
    /** Of a curve that was thinned out to minimum and maximum of each stretch: places of `data` along the axis; else null. */
    places: z.array(z.number().int()).nullable(),
  })
  .meta({ id: 'Hdf5Slice' });
export type Hdf5Slice = z.infer<typeof hdf5Slice>;

/** Looking into any HDF5 file. */
export const hdf5Endpoints = {
  hdf5Slice: defineEndpoint({
    id: 'data.hdf5-slice',
    method: 'GET',
    path: '/datasets/:id/hdf5',
    role: 'viewer',
    summary: 'Part of a dataset of any HDF5 file',
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({
      path: z.string().max(1000),
      axes: hdf5Axes.default([]),
      /** Of numbers along one axis: at most so many pairs of minimum and maximum. */
      points: z.coerce.number().int().min(16).max(20_000).optional(),
    }),
    response: hdf5Slice,
  }),
};
