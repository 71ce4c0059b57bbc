'use client';

import { type DriverInfo, endpoints, type SignalReading, type SourceStatus } from '@countroom/contracts';
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { usePermission } from '../../lib/api/use-session';
import { plain } from '../../lib/format/numbers';
import { useServerNow } from '../../lib/live/live-provider';
import { ageOf } from '../../lib/live/staleness';
import type { DetectorLive } from '../../lib/live/status-provider';
import { PlainTable } from '../../lib/table/plain-table';
import { DisabledReason } from '../../lib/ui/action-button';
import { Panel } from '../../lib/ui/panel';
import { type Mark, StatusMark } from '../../lib/ui/status-mark';
import { driverState } from './driver-state';
import classes from './signals.module.css';
import { SourceCommandDialog, type SourceRequest } from './source-command-dialog';

const severityMarks: Readonly<Record<SignalReading['severity'], Mark>> = {
  ok: 'ok',
  minor: 'warning',
  major: 'alarm',
  invalid: 'unreachable',
};

/** Readbacks and settings of the sources, and the commands of their drivers. */
export function SignalsPanel({ live }: { readonly live: DetectorLive }): ReactNode {
  const now = useServerNow();
  const permission = usePermission('shifter', live.detector.name);
  const drivers = useApi(endpoints.detectors.drivers, {});
  const [request, setRequest] = useState<SourceRequest | null>(null);
  const sources = live.status?.sources ?? [];
  const count = sources.reduce((sum, source) => sum + source.signals.length, 0);
  const driverOf = (source: SourceStatus): DriverInfo | undefined =>
    drivers.data?.find((driver) => driver.kind === source.driver);
  return (
    <Panel title="Signals and commands">
      {permission.allowed ? null : <DisabledReason text={permission.reason} />}
      {count === 0 ? (
        <p className="dim">No signal has been read yet.</p>
      ) : (
        <PlainTable
          label="Signals"
          head={['Source', 'Signal', 'n:Value', 'Unit', 'Severity', 'Age', 'Set']}
          maxHeight="320px"
        >
          {sources.flatMap((source) =>
            source.signals.map((signal) => {
              const age = ageOf(Date.parse(signal.at), now, signal.periodMs);
              return (
                <tr key={`${source.name} ${signal.name}`} className={age.stale ? 'stale' : undefined}>
                  <td>{source.name}</td>
                  <td>{signal.title || signal.name}</td>
                  <td className="num">{valueText(signal.value)}</td>
                  <td>{signal.unit}</td>
                  <td>
                    <StatusMark mark={severityMarks[signal.severity]}>{signal.severity}</StatusMark>
                  </td>
                  <td>{age.stale ? age.text : 'fresh'}</td>
                  <td>
                    {signal.writable && permission.allowed ? (
                      <ActionIcon
                        size="sm"
                        aria-label={`Set ${signal.title || signal.name} of ${source.name}`}
                        onClick={() => setRequest({ kind: 'signal', source: source.name, signal })}
                      >
                        <IconPencil size={14} aria-hidden />
                      </ActionIcon>
                    ) : null}
                  </td>
                </tr>
              );
            }),
          )}
        </PlainTable>
      )}
      {sources.map((source) => {
        const commands = driverOf(source)?.commands ?? [];
        if (commands.length === 0 || !permission.allowed) return null;
        return (
          <div key={source.name} className={classes['commands']}>
            <span className="dim">{source.name}</span>
            {commands.map((command) => {
              const fits = command.states.length === 0 || command.states.includes(driverState(source));
              return (
                <span key={command.name} className={classes['pair']}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    disabled={!fits}
                    onClick={() => setRequest({ kind: 'command', source: source.name, command })}
                  >
                    {command.title || command.name}
                  </Button>
                  {fits ? null : <DisabledReason text={`only while ${command.states.join(' or ')}`} />}
                </span>
              );
            })}
          </div>
        );
      })}
      <SourceCommandDialog detector={live.detector.name} request={request} onClose={() => setRequest(null)} />
    </Panel>
  );
}

function valueText(value: SignalReading['value']): string {
  if (value === null) return '–';
  if (typeof value === 'number') return plain(value);
  return String(value);
}
