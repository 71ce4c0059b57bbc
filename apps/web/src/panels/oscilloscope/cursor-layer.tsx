'use client';

import { type PointerEvent, type ReactNode, useRef } from 'react';
import { si } from '../../lib/format/numbers';
import { movedBy, type Pair } from './cursors';
import classes from './oscilloscope.module.css';
import { screen } from './scope-option';
import type { TriggerLevel } from './use-trigger-level';
import { divisions, fromDivision, toDivision, type Vertical } from './vertical';

type Range = readonly [number, number];
const levels: Range = [-divisions / 2, divisions / 2];

/** Cursors over the screen: dragged with the pointer, or moved with the arrow keys. */
export function CursorLayer({
  times,
  onTimes,
  range,
  heights,
  onHeights,
  front,
  level,
}: {
  readonly times: Pair;
  readonly onTimes: (times: Pair) => void;
  /** Times at the edges, ns. */
  readonly range: Range;
  /** Levels in divisions. */
  readonly heights: Pair;
  readonly onHeights: (heights: Pair) => void;
  readonly front: { readonly view: Vertical; readonly unit: string } | null;
  readonly level: TriggerLevel;
}): ReactNode {
  const inset = `${screen.top}px ${screen.right}px ${screen.bottom}px ${screen.left}px`;
  return (
    <div className={classes['cursors']} style={{ inset }}>
      {(times ?? []).map((place, index) => (
        <Cursor
          key={`t${index}`}
          name={`Time cursor ${index + 1}`}
          mark={`t${index + 1}`}
          kind="upright"
          place={place}
          range={range}
          text={si(place * 1e-9, 's', 4)}
          onMove={(to) => onTimes(replaced(times, index, to))}
        />
      ))}
      {(heights ?? []).map((place, index) => (
        <Cursor
          key={`y${index}`}
          name={`Level cursor ${index + 1}`}
          mark={`y${index + 1}`}
          kind="level"
          place={place}
          range={levels}
          text={front === null ? `${place} divisions` : si(fromDivision(place, front.view), front.unit, 4)}
          onMove={(to) => onHeights(replaced(heights, index, to))}
        />
      ))}
      <TriggerHandle level={level} />
    </div>
  );
}

/** At the right edge, at the level: dragged or moved with the arrow keys. */
function TriggerHandle({ level: { trigger, move } }: { readonly level: TriggerLevel }): ReactNode {
  if (trigger === null) return null;
  const { trace, level, wished } = trigger;
  const { view, curve, label, color } = trace;
  const volts = wished ?? level;
  return (
    <Cursor
      name={`Trigger level of ${label}`}
      mark="T"
      kind="handle"
      color={color}
      place={toDivision(volts, view)}
      range={levels}
      text={si(volts, curve.unit, 4)}
      onMove={(to) => move(fromDivision(to, view))}
    />
  );
}

function replaced(pair: Pair, index: number, to: number): Pair {
  if (pair === null) return null;
  return index === 0 ? [to, pair[1]] : [pair[0], to];
}

function Cursor({
  name,
  mark,
  kind,
  color,
  place,
  range,
  text,
  onMove,
}: {
  readonly name: string;
  readonly mark: string;
  readonly kind: 'upright' | 'level' | 'handle';
  /** Of a handle. */
  readonly color?: string;
  readonly place: number;
  readonly range: Range;
  readonly text: string;
  readonly onMove: (to: number) => void;
}): ReactNode {
  const dragged = useRef(false);
  const upright = kind === 'upright';
  const [low, high] = range;
  const share = (place - low) / (high - low);
  if (!(share >= 0 && share <= 1)) return null;
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!dragged.current || box === undefined) return;
    const part = upright
      ? (event.clientX - box.left) / box.width
      : 1 - (event.clientY - box.top) / box.height;
    onMove(low + Math.min(1, Math.max(0, part)) * (high - low));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-orientation={upright ? 'horizontal' : 'vertical'}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={place}
      aria-valuetext={text}
      className={classes[kind]}
      style={upright ? { left: `${100 * share}%` } : { bottom: `${100 * share}%`, background: color }}
      data-mark={mark}
      onPointerDown={(event) => {
        dragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        dragged.current = false;
      }}
      onKeyDown={(event) => {
        const to = movedBy(event.key, place, range, event.shiftKey);
        if (to === null) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(to);
      }}
    />
  );
}
