import type { Alarm } from '@countroom/contracts';
import { Button } from '@mantine/core';
import type { DataColumn } from '../../lib/table/data-table';
import { MomentText } from '../../lib/ui/moment-text';
import { StatusMark } from '../../lib/ui/status-mark';

/** Columns of the alarm table; those that the person may not acknowledge have no button. */
export function alarmColumns({
  may,
  onAcknowledge,
}: {
  readonly may: (alarm: Alarm) => boolean;
  readonly onAcknowledge: (alarm: Alarm) => void;
}): readonly DataColumn<Alarm>[] {
  return [
    {
      id: 'severity',
      header: 'Severity',
      cell: (alarm) => (
        <StatusMark
          mark={alarm.clearedAt === null ? alarm.severity : 'neutral'}
          blink={alarm.severity === 'alarm' && alarm.clearedAt === null && alarm.acknowledgedAt === null}
        >
          {alarm.severity}
        </StatusMark>
      ),
    },
    { id: 'message', header: 'What is wrong', wraps: true, cell: (alarm) => alarm.message },
    {
      id: 'acknowledged',
      header: 'Acknowledged',
      wraps: true,
      cell: (alarm) =>
        alarm.acknowledgedAt !== null ? (
          <span>
            {alarm.acknowledgedBy ?? 'somebody'}, <MomentText at={alarm.acknowledgedAt} />
            {alarm.comment === null ? null : <span className="dim"> · {alarm.comment}</span>}
          </span>
        ) : !may(alarm) ? (
          'not yet'
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => onAcknowledge(alarm)}>
            Acknowledge
          </Button>
        ),
    },
    { id: 'raised', header: 'Raised (UTC)', cell: (alarm) => <MomentText at={alarm.raisedAt} /> },
    {
      id: 'state',
      header: 'State',
      cell: (alarm) => (alarm.clearedAt === null ? 'active' : 'cleared'),
    },
    { id: 'detector', header: 'Detector', cell: (alarm) => alarm.detector ?? 'installation' },
    { id: 'subject', header: 'Subject', cell: (alarm) => alarm.subject },
    {
      id: 'code',
      header: 'Code',
      hidden: true,
      cell: (alarm) => <span className="mono">{alarm.code}</span>,
    },
    { id: 'times', header: 'Times', numeric: true, cell: (alarm) => alarm.occurrences },
    {
      id: 'cleared',
      header: 'Cleared (UTC)',
      hidden: true,
      cell: (alarm) => <MomentText at={alarm.clearedAt} />,
    },
  ];
}
