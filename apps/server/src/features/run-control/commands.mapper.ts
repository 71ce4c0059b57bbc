import { type CommandInfo, commandEvent } from '@countroom/contracts';
import type { IntentRow } from './intents.repository.js';

export function toCommandInfo(row: IntentRow): CommandInfo {
  return {
    id: row.id,
    detector: row.detector.name,
    command: row.command,
    by: row.by,
    createdAt: row.createdAt.toISOString(),
    events: row.events.map(({ sequence, at, kind, message, result }) =>
      commandEvent.parse({ sequence, at: at.toISOString(), kind, message, result: result ?? null }),
    ),
  };
}
