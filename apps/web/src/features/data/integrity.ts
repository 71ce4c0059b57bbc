import { z } from 'zod';

const counts = z.record(z.string(), z.number());

/** What decoding found wrong in a recording; lists are cut, the counts go on. */
const integrityReport = z.object({
  format: z.string().default(''),
  bytes: z.number().nullable().default(null),
  records: counts.default({}),
  rows: z.number().nullable().default(null),
  unrequested: counts.default({}),
  garbageBytes: z.number(),
  garbageCount: z.number(),
  garbage: z.array(z.object({ offset: z.number(), length: z.number(), reason: z.string() })).default([]),
  truncatedEnd: z.object({ offset: z.number(), length: z.number() }).nullable().default(null),
  anomalyCounts: counts.default({}),
  anomalies: z
    .array(z.object({ kind: z.string(), packetId: z.number(), offset: z.number(), detail: z.string() }))
    .default([]),
  clean: z.boolean(),
});
export type Integrity = z.infer<typeof integrityReport>;

const wrapped = z.object({ input: integrityReport });

/** The integrity report in a dataset's report, wherever it stands; null when there is none. */
export function readIntegrity(report: unknown): Integrity | null {
  const inside = wrapped.safeParse(report);
  if (inside.success) return inside.data.input;
  const itself = integrityReport.safeParse(report);
  return itself.success ? itself.data : null;
}

/** One line: what is wrong, or that nothing is. */
export function verdict(integrity: Integrity): string {
  if (integrity.clean) return 'Nothing is wrong';
  const odd = Object.values(integrity.anomalyCounts).reduce((sum, count) => sum + count, 0);
  const parts = [
    ...(integrity.garbageBytes === 0
      ? []
      : [`${integrity.garbageBytes} bytes not decoded at ${places(integrity.garbageCount)}`]),
    ...(odd === 0 ? [] : [odd === 1 ? '1 oddity' : `${odd} oddities`]),
    ...(integrity.truncatedEnd === null
      ? []
      : [
          `cut off at byte ${integrity.truncatedEnd.offset} (${integrity.truncatedEnd.length} bytes left over)`,
        ]),
  ];
  return parts.length === 0 ? 'Not clean' : parts.join('; ');
}

function places(count: number): string {
  return count === 1 ? '1 place' : `${count} places`;
}
