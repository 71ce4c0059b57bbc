'use client';

import { ActionIcon } from '@mantine/core';
import { IconDownload, IconPhoto } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Picture and data of an instrument. */
export function SaveTools({
  onPicture,
  onCsv,
}: {
  readonly onPicture: () => void;
  readonly onCsv: () => void;
}): ReactNode {
  return (
    <>
      <ActionIcon aria-label="Save as picture" onClick={onPicture}>
        <IconPhoto size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label="Save data as CSV" onClick={onCsv}>
        <IconDownload size={16} aria-hidden />
      </ActionIcon>
    </>
  );
}
