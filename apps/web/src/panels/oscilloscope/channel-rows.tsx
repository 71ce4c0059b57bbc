'use client';

import { Button, NativeSelect, NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { si } from '../../lib/format/numbers';
import classes from './oscilloscope.module.css';
import type { Trace } from './scope-option';
import { scaleChoices, type Vertical } from './vertical';

/** Scale and offset of each channel on the screen, and which one stands in front. */
export function ChannelRows({
  traces,
  views,
  onViews,
  front,
  onFront,
}: {
  readonly traces: readonly Trace[];
  /** Those that a person has set; others follow the signal. */
  readonly views: ReadonlyMap<string, Vertical>;
  readonly onViews: (views: ReadonlyMap<string, Vertical>) => void;
  readonly front: string | undefined;
  readonly onFront: (key: string) => void;
}): ReactNode {
  const set = (key: string, view: Vertical | null): void => {
    const next = new Map(views);
    if (view === null) next.delete(key);
    else next.set(key, view);
    onViews(next);
  };
  return (
    <div className={classes['channels']} role="group" aria-label="Scale and offset of the channels">
      {traces.map(({ curve: { key, unit }, label, view, color }) => (
        <div key={key} className={classes['channel']}>
          <span className={classes['swatch']} style={{ background: color }} aria-hidden />
          <strong>{label}</strong>
          <NativeSelect
            className={classes['scale']}
            aria-label={`Scale of ${label}`}
            value={views.has(key) ? String(view.perDivision) : ''}
            onChange={(event) => {
              const text = event.currentTarget.value;
              set(key, text === '' ? null : { perDivision: Number(text), offset: view.offset });
            }}
            data={[
              { value: '', label: `auto, ${si(view.perDivision, unit)}/div` },
              ...scaleChoices(view.perDivision).map((scale) => ({
                value: String(scale),
                label: `${si(scale, unit)}/div`,
              })),
            ]}
          />
          <NumberInput
            className={classes['offset']}
            aria-label={`Offset of ${label} in ${unit}`}
            value={Number(view.offset.toPrecision(6))}
            step={view.perDivision}
            stepHoldDelay={400}
            stepHoldInterval={100}
            onChange={(value) => {
              const offset = Number(value);
              if (value !== '' && Number.isFinite(offset) && offset !== Number(view.offset.toPrecision(6)))
                set(key, { perDivision: view.perDivision, offset });
            }}
          />
          <Button
            size="compact-xs"
            variant={front === key ? 'filled' : 'default'}
            aria-pressed={front === key}
            onClick={() => onFront(key)}
          >
            <span className="visually-hidden">{label} </span>in front
          </Button>
        </div>
      ))}
    </div>
  );
}
