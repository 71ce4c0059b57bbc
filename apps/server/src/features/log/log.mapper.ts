import { type LogEntry, logEntry } from '@countroom/contracts';
import type { LogRow } from './log.repository.js';

const { origin: originSchema, level: levelSchema } = logEntry.shape;

export function toLogEntry({ id, at, origin, level, author, text, run, detector }: LogRow): LogEntry {
  return {
    id: id.toString(),
    at: at.toISOString(),
    origin: originSchema.parse(origin),
    level: levelSchema.parse(level),
    author,
    text,
    run: run?.number ?? null,
    detector: detector.name,
  };
}
