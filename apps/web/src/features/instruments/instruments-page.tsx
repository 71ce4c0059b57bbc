'use client';

import { type BenchInfo, endpoints } from '@countroom/contracts';
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { useStatuses } from '../../lib/live/status-provider';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { CopyLink } from '../../lib/ui/copy-link';
import { Row } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { noteWithUndo } from '../../lib/ui/undo-note';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { BenchBoard } from './bench-board';
import { SaveBench } from './save-bench';
import { type OpenBench, useBench } from './use-bench';

/** A bench of instruments for a detector, arranged as one likes and kept under a name. */
export function InstrumentsPage(): ReactNode {
  const { list, pending, error, retry } = useStatuses();
  const [asked, setAsked] = useUrlState('detector', urlText);
  const names = list.map(({ detector }) => detector.name);
  const detector = names.find((name) => name === asked) ?? names[0] ?? '';
  const bench = useBench(detector);
  const [arranging, setArranging] = useState(false);
  return (
    <Page
      title="Instruments"
      actions={
        detector === '' ? null : (
          <>
            {names.length < 2 ? null : (
              <SegmentedControl aria-label="Detector" value={detector} onChange={setAsked} data={names} />
            )}
            <CopyLink />
            <Button
              variant={arranging ? 'filled' : 'default'}
              aria-pressed={arranging}
              onClick={() => setArranging(!arranging)}
            >
              {arranging ? 'Done arranging' : 'Arrange bench'}
            </Button>
          </>
        )
      }
    >
      {pending ? <LoadingState lines={8} height={48} label="Loading detectors" /> : null}
      {error === null ? null : <ErrorState error={error} retry={retry} />}
      {!pending && error === null && detector === '' ? (
        <EmptyState title="No live detector is configured.">
          Instruments show what a live detector measures. An expert describes its sources under{' '}
          <Link className="link" href="/configurations">
            Configurations
          </Link>
          .
        </EmptyState>
      ) : null}
      {detector === '' ? null : (
        <>
          <BenchChoice detector={detector} bench={bench} />
          <BenchBoard
            key={detector}
            detector={detector}
            panels={bench.content.panels}
            arranging={arranging}
            onPanels={bench.setPanels}
          />
        </>
      )}
    </Page>
  );
}

function BenchChoice({
  detector,
  bench,
}: {
  readonly detector: string;
  readonly bench: OpenBench;
}): ReactNode {
  const { benches, open, isChanged, content } = bench;
  const [saving, setSaving] = useState(false);
  const save = useCommand(endpoints.benches.save, { changes: [endpoints.benches.list] });
  const remove = useCommand(endpoints.benches.remove, { changes: [endpoints.benches.list] });
  const removeNow = (gone: BenchInfo): void => {
    const { name, shared, content: kept } = gone;
    remove.mutate(
      { params: { detector, id: gone.id } },
      {
        onSuccess: () => {
          bench.show(null);
          noteWithUndo(`Bench ${name} is removed.`, () =>
            save.mutate({ params: { detector }, body: { name, shared, content: kept } }),
          );
        },
      },
    );
  };
  return (
    <Row>
      <NativeSelect
        aria-label="Bench"
        value={open?.id ?? ''}
        onChange={(event) => {
          const id = event.currentTarget.value;
          bench.show(benches.find((each) => each.id === id) ?? null);
        }}
        data={[
          { value: '', label: 'The usual bench' },
          ...benches.map(({ id, name, shared }) => ({
            value: id,
            label: shared ? `${name} (shared)` : name,
          })),
        ]}
      />
      <Button variant="default" onClick={() => setSaving(true)}>
        Save bench
      </Button>
      {isChanged ? (
        <Button variant="default" onClick={() => bench.show(open ?? null)}>
          {open === undefined ? 'Back to the usual bench' : `Back to ${open.name} as saved`}
        </Button>
      ) : null}
      {open === undefined ? null : (
        <Button variant="default" loading={remove.isPending} onClick={() => removeNow(open)}>
          Remove bench
        </Button>
      )}
      <span className="dim" role="status">
        {bench.isGone
          ? 'The bench of this link is not there any more, or not yours.'
          : isChanged
            ? 'Changed since it was saved; the address of the page has it all.'
            : ''}
      </span>
      <SaveBench
        opened={saving}
        detector={detector}
        content={content}
        benches={benches}
        open={open}
        onSaved={(saved) => {
          setSaving(false);
          bench.show(saved);
        }}
        onClose={() => setSaving(false)}
      />
    </Row>
  );
}
