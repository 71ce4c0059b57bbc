import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleFilled,
  IconCircleX,
  IconInfoCircle,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlugConnectedX,
  IconSquare,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status-mark.module.css';

/** What a mark means; each has a shape of its own besides the colour. */
export type Mark =
  | 'running'
  | 'paused'
  | 'ready'
  | 'stopped'
  | 'ok'
  | 'info'
  | 'warning'
  | 'alarm'
  | 'unreachable'
  | 'neutral';

const shapes = {
  running: IconPlayerPlayFilled,
  paused: IconPlayerPauseFilled,
  ready: IconCircleFilled,
  stopped: IconSquare,
  ok: IconCircleCheck,
  info: IconInfoCircle,
  warning: IconAlertTriangle,
  alarm: IconCircleX,
  unreachable: IconPlugConnectedX,
  neutral: IconCircle,
} as const satisfies Record<Mark, unknown>;

/** A word with a shape and a colour: never colour alone. */
export function StatusMark({
  mark,
  children,
  blink = false,
}: {
  readonly mark: Mark;
  readonly children: ReactNode;
  /** Only for an alarm that nobody acknowledged. */
  readonly blink?: boolean;
}): ReactNode {
  const Shape = shapes[mark];
  return (
    <span className={classes['mark']} data-mark={mark} data-blink={blink || undefined}>
      <Shape size={14} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
