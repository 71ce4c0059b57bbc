'use client';

import { type ConsumerStatusFrame, dropConsumerCommand } from '@countroom/contracts';
import { type ReactNode, useState } from 'react';
import { CommandProgress } from '../../features/run-control/command-progress';
import { useSourceCommand } from '../../features/run-control/use-source-command';
import { ConfirmByName } from '../../lib/ui/confirm-by-name';
import { useSourceReason } from '../use-source-reason';
import { endedReason } from './prepare';

/** Dropping consumers of a detector for the rest of its run. */
export interface DropConsumer {
  /** Why it cannot be dropped now; null when it can. */
  readonly reasonOf: (consumer: ConsumerStatusFrame) => string | null;
  /** The reason that holds for all; null when there is none. */
  readonly common: string | null;
  readonly ask: (consumer: ConsumerStatusFrame) => void;
  readonly dialog: ReactNode;
}

export function useDropConsumer(detector: string): DropConsumer {
  const [asked, setAsked] = useState<ConsumerStatusFrame | null>(null);
  const commands = useSourceCommand(detector);
  const common = useSourceReason(detector, commands.busy);
  return {
    reasonOf: (consumer) => common ?? endedReason(consumer),
    common,
    ask: setAsked,
    dialog: (
      <>
        <CommandProgress commands={commands} />
        <ConfirmByName
          opened={asked !== null}
          title={`Drop consumer ${asked?.name ?? ''}`}
          name={asked?.name ?? ''}
          action="Drop consumer"
          onConfirm={() => {
            if (asked !== null) commands.send(asked.source, dropConsumerCommand, { consumer: asked.name });
          }}
          onClose={() => setAsked(null)}
        >
          It gets no more events in this run, and consumers that read what it keeps get none either. The run
          goes on, and its raw data is complete; how many events did not reach it is written to the log. The
          next run has it again.
        </ConfirmByName>
      </>
    ),
  };
}
