import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

/** The number of a version in a list; shows that version. */
export function VersionButton({
  version,
  shown,
  onShow,
}: {
  readonly version: number;
  readonly shown: number;
  readonly onShow: (version: number) => void;
}): ReactNode {
  return (
    <Button
      size="compact-xs"
      variant={version === shown ? 'filled' : 'subtle'}
      aria-label={`Show version ${version}`}
      onClick={() => onShow(version)}
    >
      {version}
    </Button>
  );
}
