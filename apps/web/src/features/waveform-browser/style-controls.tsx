'use client';

import { NativeSelect, NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { replaceUrl, urlRange } from '../../lib/url/url-state';
import classes from './browser.module.css';
import { type BrowserAddress, colorings, lineKinds, xUnits } from './browser-address';
import { LimitsField } from './limits-field';

const coloringNames = { '': 'each waveform', table: 'each channel', one: 'all the same' } as const;
const lineNames = { '': 'line', both: 'line and points', points: 'points', steps: 'steps' } as const;

/** Units and limits of the axes, colours and lines. */
export function StyleControls({
  address,
  timeUnit,
  valueUnit,
}: {
  readonly address: BrowserAddress;
  readonly timeUnit: string;
  readonly valueUnit: string;
}): ReactNode {
  const { style, xUnit, zoom, heights, look } = address;
  return (
    <div className={classes['controls']}>
      <NativeSelect
        label="Unit of the axis"
        value={xUnit}
        data={xUnits
          .filter((unit) => timeUnit !== 'sample' || unit === '' || unit === 'sample')
          .map((unit) => ({ value: unit, label: unit === '' ? 'as it reads well' : unit }))}
        onChange={(event) => {
          const next = event.currentTarget.value;
          replaceUrl({ xunit: next === '' ? null : next });
        }}
      />
      <LimitsField
        label="Times"
        range={zoom}
        unit={timeUnit}
        onRange={(range) => replaceUrl({ zoom: urlRange.write(range) })}
      />
      <LimitsField
        label="Heights"
        range={heights}
        unit={look.norm === '' ? valueUnit : ''}
        onRange={(range) => replaceUrl({ ylim: urlRange.write(range) })}
      />
      <NativeSelect
        label="A colour for"
        value={style.color}
        data={colorings.map((value) => ({ value, label: coloringNames[value] }))}
        onChange={(event) => replaceUrl({ color: event.currentTarget.value || null })}
      />
      <NativeSelect
        label="Samples as"
        value={style.line}
        data={lineKinds.map((value) => ({ value, label: lineNames[value] }))}
        onChange={(event) => replaceUrl({ line: event.currentTarget.value || null })}
      />
      <NumberInput
        label="Width"
        className={classes['number']}
        min={0.5}
        max={6}
        step={0.5}
        value={style.width ?? 1.2}
        onChange={(value) =>
          replaceUrl({ width: value === '' || Number(value) === 1.2 ? null : String(Number(value)) })
        }
      />
    </div>
  );
}
