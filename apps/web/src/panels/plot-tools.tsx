'use client';

import { ActionIcon, Button } from '@mantine/core';
import { IconDownload, IconPhoto } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Hold, reference, picture and data: the same for every live plot. */
export function PlotTools({
  held,
  onHold,
  hasReference,
  onReference,
  onPicture,
  onCsv,
}: {
  readonly held: boolean;
  readonly onHold: (held: boolean) => void;
  readonly hasReference: boolean;
  readonly onReference: (keep: boolean) => void;
  readonly onPicture: () => void;
  readonly onCsv: () => void;
}): ReactNode {
  return (
    <>
      <Button
        size="compact-xs"
        variant={held ? 'filled' : 'default'}
        aria-pressed={held}
        onClick={() => onHold(!held)}
      >
        {held ? 'Held' : 'Hold'}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        aria-pressed={hasReference}
        onClick={() => onReference(!hasReference)}
      >
        {hasReference ? 'Drop reference' : 'Keep as reference'}
      </Button>
      <ActionIcon aria-label="Save as picture" onClick={onPicture}>
        <IconPhoto size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label="Save data as CSV" onClick={onCsv}>
        <IconDownload size={16} aria-hidden />
      </ActionIcon>
    </>
  );
}
