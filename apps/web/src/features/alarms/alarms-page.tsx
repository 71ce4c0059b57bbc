'use client';

import { type Alarm, endpoints } from '@countroom/contracts';
import { Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { usePages } from '../../lib/api/use-pages';
import { usePermission } from '../../lib/api/use-session';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { DataTable } from '../../lib/table/data-table';
import { ActionButton } from '../../lib/ui/action-button';
import { Page } from '../../lib/ui/page';
import { urlChoice, urlText, useUrlState } from '../../lib/url/url-state';
import { alarmColumns } from './alarm-columns';

const views = urlChoice(['active', 'all']);

export function AlarmsPage(): ReactNode {
  const [view, setView] = useUrlState('view', views);
  const [detector, setDetector] = useUrlState('detector', urlText);
  const [opened, setOpened] = useState<Alarm | null>(null);
  const permission = usePermission('shifter');
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
  const columns = useMemo(
    () => alarmColumns({ onAcknowledge: permission.allowed ? setOpened : null }),
    [permission.allowed],
  );
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
          {...(permission.allowed ? { onOpen: setOpened } : {})}
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
              a value does not come in time. They stay here until somebody has acknowledged them.
            </EmptyState>
          }
        />
      )}
      <AcknowledgeDialog alarm={opened} onClose={() => setOpened(null)} />
    </Page>
  );
}

function AcknowledgeDialog({
  alarm,
  onClose,
}: {
  readonly alarm: Alarm | null;
  readonly onClose: () => void;
}): ReactNode {
  const [comment, setComment] = useState('');
  const close = (): void => {
    setComment('');
    onClose();
  };
  const acknowledge = useCommand(endpoints.alarms.acknowledge, {
    changes: [endpoints.alarms.list, endpoints.detectors.statuses],
    done: close,
  });
  return (
    <Modal opened={alarm !== null} onClose={close} title={alarm?.code ?? ''}>
      {alarm === null ? null : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            acknowledge.mutate({ params: { id: alarm.id }, body: { comment } });
          }}
        >
          <Stack gap="sm">
            <p style={{ margin: 0 }}>{alarm.message}</p>
            {alarm.acknowledgedAt !== null ? (
              <p className="dim">Acknowledged by {alarm.acknowledgedBy ?? 'somebody'}.</p>
            ) : (
              <Textarea
                label="Comment"
                description="What you found or did; kept with the alarm"
                value={comment}
                maxLength={1000}
                data-autofocus
                onChange={(event) => setComment(event.currentTarget.value)}
              />
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                Close
              </Button>
              {alarm.acknowledgedAt === null ? (
                <Button type="submit" loading={acknowledge.isPending}>
                  Acknowledge
                </Button>
              ) : null}
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
