import { z } from 'zod';

/** A detector's, source's or configuration's short name: letters, digits, `-`, `_`; starts with a letter. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'a short name: small letters, digits, - and _, beginning with a letter')
  .meta({ id: 'Slug' });

/** Number of a run within its detector. */
export const runNumber = z.number().int().min(0).max(2_147_483_647);
/** The same in a path or a query. */
export const runNumberQuery = z.coerce.number().int().min(0).max(2_147_483_647);

/** A moment, UTC, ISO 8601. */
export const moment = z.iso.datetime().meta({ id: 'Moment' });

/** Query part of every list: an opaque cursor from the last page, and how many rows. */
export const pageQuery = {
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
};

/** A page of a list; `next` is null on the last one. */
export function pageOf<T extends z.ZodType>(
  item: T,
): z.ZodObject<
  { items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString>; total: z.ZodNullable<z.ZodNumber> },
  z.core.$strict
> {
  return z.strictObject({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.number().int().nullable(),
  });
}

/** A list in a query: repeated (`tag=a&tag=b`) or once. */
export function listQuery<T extends z.ZodType>(item: T): z.ZodPreprocess<z.ZodOptional<z.ZodArray<T>>> {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).optional(),
  );
}

/** Truth value in a query: `true` or `false`. */
export const flagQuery = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Any JSON document: an object by key. */
export const jsonObject = z.record(z.string(), z.json());
/** A JSON Schema document, as forms are made from. */
export const jsonSchemaDocument = z.record(z.string(), z.unknown()).meta({ id: 'JsonSchemaDocument' });
