'use client';

import { type Alarm, endpoints } from '@countroom/contracts';
import { Modal, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { DialogForm } from '../../lib/ui/dialog-form';
import { MomentText } from '../../lib/ui/moment-text';

/** What an alarm says, and a comment to acknowledge it with. */
export function AcknowledgeDialog({
  alarm,
  onClose,
}: {
  readonly alarm: Alarm | null;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Modal opened={alarm !== null} onClose={onClose} title={alarm?.code ?? ''}>
      {alarm === null ? null : alarm.acknowledgedAt === null ? (
        <AcknowledgeForm alarm={alarm} onClose={onClose} />
      ) : (
        <Acknowledged alarm={alarm} />
      )}
    </Modal>
  );
}

function AcknowledgeForm({
  alarm,
  onClose,
}: {
  readonly alarm: Alarm;
  readonly onClose: () => void;
}): ReactNode {
  const [comment, setComment] = useState('');
  const acknowledge = useCommand(endpoints.alarms.acknowledge, {
    changes: [endpoints.alarms.list, endpoints.detectors.statuses],
    done: onClose,
  });
  return (
    <DialogForm
      about={alarm.message}
      action="Acknowledge"
      busy={acknowledge.isPending}
      onSubmit={() => acknowledge.mutate({ params: { id: alarm.id }, body: { comment } })}
      onClose={onClose}
    >
      <Textarea
        label="Comment"
        description="What you found or did; kept with the alarm"
        value={comment}
        maxLength={1000}
        data-autofocus
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

function Acknowledged({ alarm }: { readonly alarm: Alarm }): ReactNode {
  return (
    <>
      <p>{alarm.message}</p>
      <p className="dim">
        Acknowledged by {alarm.acknowledgedBy ?? 'somebody'}, <MomentText at={alarm.acknowledgedAt} />.
      </p>
      {alarm.comment === null ? null : <p>{alarm.comment}</p>}
    </>
  );
}
