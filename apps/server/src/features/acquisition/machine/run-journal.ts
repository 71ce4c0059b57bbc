import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { runCounters, runOutcome } from '@countroom/contracts';
import { z } from 'zod';

const journal = z.strictObject({
  runId: z.uuid(),
  number: z.number().int(),
  detector: z.string(),
  startedNs: z.string().nullable(),
  /** Null while the run is on. */
  closed: z
    .strictObject({
      endedNs: z.string(),
      outcome: runOutcome,
      reason: z.string(),
      counters: runCounters,
      sources: z.array(z.strictObject({ name: z.string(), driver: z.string(), counters: runCounters })),
    })
    .nullable(),
});

/** What is known of a run beside its data, so that its end survives a database that is away. */
export type RunJournal = z.infer<typeof journal>;

const fileName = 'run.json';

/** Replaces the journal in one step: after a crash it is the old or the new one, whole. */
export function writeJournal(folder: string, content: RunJournal): void {
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${fileName}.new`);
  const descriptor = openSync(temporary, 'w', 0o644);
  try {
    writeSync(descriptor, JSON.stringify(content));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, join(folder, fileName));
}

/** Undefined when there is none that can be read: the run was cut off before it was written. */
export function readJournal(folder: string): RunJournal | undefined {
  try {
    return journal.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')));
  } catch {
    return undefined;
  }
}
