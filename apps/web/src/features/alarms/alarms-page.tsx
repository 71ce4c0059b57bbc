'use client';

import { type Alarm, endpoints } from '@countroom/contracts';
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { permissionOf, permissionSomewhere } from '../../lib/api/permissions';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { usePages } from '../../lib/api/use-pages';
import { useSession } from '../../lib/api/use-session';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { DataTable } from '../../lib/table/data-table';
import { ActionButton } from '../../lib/ui/action-button';
import { Page } from '../../lib/ui/page';
import { urlChoice, urlText, useUrlState } from '../../lib/url/url-state';
import { AcknowledgeDialog } from './acknowledge-dialog';
import { alarmColumns } from './alarm-columns';

const views = urlChoice(['active', 'all']);

export function AlarmsPage(): ReactNode {
  const [view, setView] = useUrlState('view', views);
  const [detector, setDetector] = useUrlState('detector', urlText);
  const [opened, setOpened] = useState<Alarm | null>(null);
  const session = useSession().data;
  const permission = permissionOf(session, 'shifter', detector === '' ? undefined : detector);
  const detectors = useApi(endpoints.detectors.list, {});
  const pages = usePages(
    endpoints.alarms.list,
    { query: { ...(view === 'active' ? { active: 'true' } : {}), ...(detector === '' ? {} : { detector }) } },
    { everyMs: 30_000 },
  );
  const changes = [endpoints.alarms.list, endpoints.detectors.statuses];
  const all = useCommand(endpoints.alarms.acknowledgeAll, {
    changes,
    says: ({ acknowledged }) =>
      acknowledged === 1 ? '1 alarm acknowledged.' : `${acknowledged} alarms acknowledged.`,
  });
  const may = useCallback(
    (alarm: Alarm): boolean => permissionOf(session, 'shifter', alarm.detector ?? undefined).allowed,
    [session],
  );
  const onOpen = (alarm: Alarm): void => {
    if (may(alarm)) setOpened(alarm);
  };
  const columns = useMemo(() => alarmColumns({ may, onAcknowledge: setOpened }), [may]);
  const waiting = pages.rows.filter((alarm) => alarm.acknowledgedAt === null).length;
  const reason = !permission.allowed
    ? permission.reason
    : waiting === 0
      ? 'No alarm waits to be acknowledged.'
      : null;
  return (
    <Page
      title="Alarms"
      actions={
        <>
          <SegmentedControl
            aria-label="Which alarms"
            value={view}
            onChange={(value) => setView(views.read(value))}
            data={[
              { value: 'active', label: 'Active' },
              { value: 'all', label: 'All' },
            ]}
          />
          <NativeSelect
            aria-label="Detector"
            value={detector}
            onChange={(event) => setDetector(event.currentTarget.value)}
            data={[
              { value: '', label: 'All detectors' },
              ...(detectors.data ?? []).map((each) => ({ value: each.name, label: each.name })),
            ]}
          />
        </>
      }
    >
      {pages.isPending ? <LoadingState lines={6} /> : null}
      {pages.error !== null && pages.rows.length === 0 ? (
        <ErrorState error={pages.error} retry={pages.retry} />
      ) : null}
      {pages.isPending || (pages.error !== null && pages.rows.length === 0) ? null : (
        <DataTable
          id="alarms"
          label="Alarms"
          columns={columns}
          rows={pages.rows}
          rowId={(alarm) => alarm.id}
          {...(permissionSomewhere(session, 'shifter').allowed ? { onOpen } : {})}
          hasMore={pages.hasMore}
          loadMore={pages.loadMore}
          loadingMore={pages.loadingMore}
          fading={pages.isPlaceholder}
          total={pages.total}
          toolbar={
            <ActionButton
              variant="default"
              reason={reason}
              loading={all.isPending}
              onClick={() => all.mutate({ body: detector === '' ? {} : { detector } })}
            >
              Acknowledge all
            </ActionButton>
          }
          empty={
            <EmptyState title={view === 'active' ? 'No active alarm.' : 'No alarm was ever raised.'}>
              Alarms are raised when a source cannot be reached, the disk is nearly full, a buffer is full, or
              a value does not come in time. They stay here while their cause lasts; those that are over are
              under All.
            </EmptyState>
          }
        />
      )}
      <AcknowledgeDialog alarm={opened} onClose={() => setOpened(null)} />
    </Page>
  );
}
