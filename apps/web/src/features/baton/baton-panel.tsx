'use client';

import { endpoints } from '@countroom/contracts';
import { Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { permissionOf } from '../../lib/api/permissions';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import type { DetectorLive } from '../../lib/live/status-provider';
import { ActionButton } from '../../lib/ui/action-button';
import { Facts } from '../../lib/ui/facts';
import { MomentText } from '../../lib/ui/moment-text';
import { Panel } from '../../lib/ui/panel';
import { BatonDialog } from './baton-dialog';
import { type BatonStep, batonSteps } from './baton-steps';

type Dialog = 'none' | 'hand' | 'takeOver';

/** Who steers, and how that changes. */
export function BatonPanel({ live }: { readonly live: DetectorLive }): ReactNode {
  const detector = live.detector.name;
  const session = useSession().data;
  const [dialog, setDialog] = useState<Dialog>('none');
  const options = { changes: [endpoints.detectors.statuses] };
  const take = useCommand(endpoints.detectors.takeBaton, options);
  const hand = useCommand(endpoints.detectors.handBaton, options);
  const release = useCommand(endpoints.detectors.releaseBaton, options);
  const baton = live.status?.baton;
  const steps = batonSteps(baton, permissionOf(session, 'shifter', detector), session?.user?.id ?? null);
  const params = { detector };
  const button = (step: BatonStep, label: string, onClick: () => void, busy: boolean): ReactNode =>
    steps[step].offered ? (
      <ActionButton variant="default" reason={steps[step].reason} loading={busy} onClick={onClick}>
        {label}
      </ActionButton>
    ) : null;
  return (
    <Panel title="Baton">
      <Facts
        items={[
          ['Holder', baton?.holder?.name ?? 'nobody'],
          ['Since', <MomentText key="since" at={baton?.since ?? null} />],
          ['Until', <MomentText key="until" at={baton?.expiresAt ?? null} />],
          ...(baton === undefined || baton.note === '' ? [] : ([['Note', baton.note]] as const)),
        ]}
      />
      <Group gap="xs" mt="sm">
        {button('take', 'Take baton', () => take.mutate({ params, body: {} }), take.isPending)}
        {button('hand', 'Hand over…', () => setDialog('hand'), hand.isPending)}
        {button('release', 'Release', () => release.mutate({ params, body: {} }), release.isPending)}
        {button('takeOver', 'Take over…', () => setDialog('takeOver'), take.isPending)}
      </Group>
      <BatonDialog
        opened={dialog === 'hand'}
        title={`Hand the baton of ${detector} over`}
        action="Hand over"
        first={{ label: 'To', description: 'Name of the person', required: true }}
        second={{ label: 'Note', required: false }}
        onClose={() => setDialog('none')}
        onSubmit={(to, note) => hand.mutate({ params, body: { to, note } })}
      />
      <BatonDialog
        opened={dialog === 'takeOver'}
        title={`Take the baton of ${detector} over from ${baton?.holder?.name ?? 'nobody'}`}
        action="Take over"
        second={{ label: 'Reason', required: true }}
        onClose={() => setDialog('none')}
        onSubmit={(_, reason) => take.mutate({ params, body: { takeOver: true, reason } })}
      />
    </Panel>
  );
}
