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
      <Tool name={`Move ${title} earlier`} spent={first} onClick={() => onMove(-1)}>
        <IconArrowLeft size={16} aria-hidden />
      </Tool>
      <Tool name={`Move ${title} later`} spent={last} onClick={() => onMove(1)}>
        <IconArrowRight size={16} aria-hidden />
      </Tool>
      <Tool name={`Make ${title} wider`} spent={widest} onClick={() => onResize(1)}>
        <IconArrowsMaximize size={16} aria-hidden />
      </Tool>
      <Tool name={`Make ${title} narrower`} spent={narrowest} onClick={() => onResize(-1)}>
        <IconArrowsMinimize size={16} aria-hidden />
      </Tool>
      <Tool name={`Hide ${title}`} spent={false} onClick={onHide}>
        <IconEyeOff size={16} aria-hidden />
      </Tool>
    </div>
  );
}

/** Stays in reach of the keyboard when it can do no more: who moves a panel to the end keeps the focus there. */
function Tool({
  name,
  spent,
  onClick,
  children,
}: {
  readonly name: string;
  readonly spent: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <ActionIcon
      aria-label={name}
      title={name}
      aria-disabled={spent}
      {...(spent ? { 'data-disabled': true } : {})}
      onClick={() => {
        if (!spent) onClick();
      }}
    >
      {children}
    </ActionIcon>
  );
}
