import { type Alarm, alarmSeverity } from '@countroom/contracts';
import type { AlarmRow } from './alarms.repository.js';

export function toAlarm(row: AlarmRow): Alarm {
  return {
    id: row.id,
    detector: row.detector?.name ?? null,
    subject: row.subject,
    code: row.code,
    severity: alarmSeverity.parse(row.severity),
    message: row.message,
    raisedAt: row.raisedAt.toISOString(),
    clearedAt: row.clearedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedBy,
    comment: row.comment,
    occurrences: row.occurrences,
  };
}
