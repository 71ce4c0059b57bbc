import { ActionIcon } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconEyeOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './board.module.css';

/** Buttons over a panel while the board is arranged. */
export function TileTools({
  title,
  first,
  last,
  narrowest,
  widest,
  onMove,
  onResize,
  onHide,
}: {
  readonly title: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly narrowest: boolean;
  readonly widest: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onResize: (by: -1 | 1) => void;
  readonly onHide: () => void;
}): ReactNode {
  return (
    <div className={classes['tools']} role="group" aria-label={`Arrange ${title}`}>
      <ActionIcon aria-label={`Move ${title} earlier`} disabled={first} onClick={() => onMove(-1)}>
        <IconArrowLeft size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={`Move ${title} later`} disabled={last} onClick={() => onMove(1)}>
        <IconArrowRight size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={`Make ${title} wider`} disabled={widest} onClick={() => onResize(1)}>
        <IconArrowsMaximize size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={`Make ${title} narrower`} disabled={narrowest} onClick={() => onResize(-1)}>
        <IconArrowsMinimize size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={`Hide ${title}`} onClick={onHide}>
        <IconEyeOff size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
