import { z } from 'zod';

/** Its columns in the order of the file, and what the file must be. */
const tableSchema = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  file: z.string().regex(/^tables\/[a-z0-9_]+\.copy\.gz$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const manifestSchema = z.object({
  format: z.literal('countroom-backup'),
  formatVersion: z.literal(1),
  madeAt: z.string(),
  countroom: z.string(),
  postgres: z.string(),
  /** Migrations that had been applied, oldest first: the shape of the tables. */
  migrations: z.array(z.string()).min(1),
  tables: z.array(tableSchema),
  /** Last number given out by each sequence, or null when none was. */
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string().nullable() })),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type TableEntry = Manifest['tables'][number];

export const manifestFile = 'manifest.json';

/** Not worth keeping, or secrets that must not live on in a copy: everybody logs in again after a restore. */
export const leftOut: readonly string[] = [
  'session',
  'setup_token',
  'login_attempt',
  'worker_heartbeat',
  '_prisma_migrations',
];
