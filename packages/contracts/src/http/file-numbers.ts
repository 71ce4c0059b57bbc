import { z } from 'zod';
import { defineEndpoint } from './endpoint.js';

/**
 * Numbers of one object of a file, as options of raw_to_dsp hold them; [] is the shape of a single one, null stands for NaN.
 * 64-bit integers that float64 does not hold exactly are decimal texts.
 */
export const fileNumbers = z
  .strictObject({
    dtype: z.string(),
    shape: z.array(z.number().int().nonnegative()),
    values: z.array(z.union([z.number(), z.string().regex(/^-?\d{1,20}$/)]).nullable()),
  })
  .meta({ id: 'FileNumbers' });
export type FileNumbers = z.infer<typeof fileNumbers>;

const objectPath = z.string().min(1).max(1000);

/** What processors that are made of a file need of it. */
export const numbersEndpoints = {
  numbers: defineEndpoint({
    id: 'data.numbers',
    method: 'GET',
    path: '/datasets/:id/numbers',
    role: 'viewer',
    summary: 'All numbers of one array, or one number, such as weights and kernels of processors',
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({ path: objectPath }),
    response: fileNumbers,
  }),
  folderNumbers: defineEndpoint({
    id: 'data.folder-numbers',
    method: 'GET',
    path: '/imports/folder/numbers',
    role: 'shifter',
    anyDetector: true,
    summary: 'All numbers of one array, or one number, of an LH5 file of the import folder',
    query: z.strictObject({ file: z.string().min(1).max(1000), path: objectPath }),
    response: fileNumbers,
  }),
};
