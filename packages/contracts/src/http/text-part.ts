import { z } from 'zod';
import { defineEndpoint } from './endpoint.js';

/** Lines of a text file. */
export const textPart = z
  .strictObject({
    /** Size of the file now. */
    bytes: z.number().int().nonnegative(),
    /** Place of the first line, and of what follows the last one: ask from there for the next lines. */
    from: z.number().int().nonnegative(),
    to: z.number().int().nonnegative(),
    /** Without their ends. Bytes that are no UTF-8 stand as U+FFFD. */
    lines: z.array(z.string()),
  })
  .meta({ id: 'TextPart' });
export type TextPart = z.infer<typeof textPart>;

/** Looking into text files, also those that still grow. */
export const textEndpoints = {
  text: defineEndpoint({
    id: 'data.text',
    method: 'GET',
    path: '/datasets/:id/text',
    role: 'viewer',
    summary: 'Lines of a text file, part by part',
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({
      /** Byte in the file; the lines begin with the first one at or after it. Negative: so many bytes before the end. */
      from: z.coerce.number().int().default(0),
      /** At most so many bytes. A line that is longer comes in pieces. */
      limit: z.coerce.number().int().min(1).max(1_048_576).default(65_536),
    }),
    response: textPart,
  }),
};
