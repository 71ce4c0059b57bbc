'use client';

import { NativeSelect, NumberInput, Slider } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './chain-editor.module.css';
import { type Literal, numberText, sliderRange, stepOf, timeUnits } from './literals';

/** A number that can be turned, wherever it stands. */
export interface Turnable extends Pick<Literal, 'id' | 'label' | 'doc' | 'value' | 'range'> {
  readonly unit: string | undefined;
  readonly onValue: (text: string) => void;
  readonly onUnit: (unit: string) => void;
}

/** Slider, steps and unit of a number. */
export function Turn({ turnable }: { readonly turnable: Turnable }): ReactNode {
  const { value, unit, range, label, doc } = turnable;
  // The slider keeps its ends while it is turned: they follow from where it began.
  const [start, setStart] = useState(value);
  const shape = { range, unit: unit === undefined ? undefined : { name: unit, from: 0, to: 0 } };
  const known = sliderRange(start, shape);
  const [low, high] = [Math.min(known[0], value), Math.max(known[1], value)];
  const step = stepOf({ ...shape, value: start });
  const set = (next: number): void => {
    if (next !== value && Number.isFinite(next)) turnable.onValue(numberText(next));
  };
  const name = `${label}${unit === undefined ? '' : ` in ${unit}`}`;
  return (
    <div className={classes['turn']}>
      <span className={classes['turnName']} title={doc}>
        <span className="mono">{label}</span>
        {doc === '' ? null : <span className="dim"> {doc}</span>}
      </span>
      <Slider
        thumbLabel={name}
        className={classes['slider'] ?? ''}
        min={low}
        max={high}
        step={step}
        value={value}
        label={null}
        onChange={(next) => set(Number(next.toPrecision(10)))}
      />
      <NumberInput
        aria-label={`${name}, number`}
        size="xs"
        step={step}
        {...(typeof range?.low === 'number' && unit === undefined ? { min: range.low } : {})}
        value={value}
        onChange={(next) => {
          if (next !== '') set(Number(next));
        }}
        onBlur={() => setStart(value)}
      />
      {unit === undefined ? (
        <span />
      ) : (
        <NativeSelect
          aria-label={`Unit of ${label}`}
          size="xs"
          data={[...timeUnits]}
          value={unit}
          onChange={(event) => turnable.onUnit(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
