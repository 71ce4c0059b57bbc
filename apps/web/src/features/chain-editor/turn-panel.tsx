'use client';

import { NativeSelect, NumberInput, Slider } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './chain-editor.module.css';
import { type Literal, numberText, sliderRange, stepOf, timeUnits } from './literals';

/** The numbers of a processor, to be turned while the preview follows. */
export function TurnPanel({
  processor,
  literals,
  onReplace,
}: {
  readonly processor: string | null;
  readonly literals: readonly Literal[];
  readonly onReplace: (span: { readonly from: number; readonly to: number }, text: string) => void;
}): ReactNode {
  if (processor === null) {
    return (
      <p className="dim">Put the cursor into a processor, or choose one in the graph, to turn its numbers.</p>
    );
  }
  if (literals.length === 0) {
    return (
      <p className="dim">
        <span className="mono">{processor}</span> has no number to turn.
      </p>
    );
  }
  return (
    <div className={classes['turns']} role="group" aria-label={`Numbers of ${processor}`}>
      {literals.map((literal) => (
        <Turn key={literal.id} literal={literal} onReplace={onReplace} />
      ))}
    </div>
  );
}

function Turn({
  literal,
  onReplace,
}: {
  readonly literal: Literal;
  readonly onReplace: (span: { readonly from: number; readonly to: number }, text: string) => void;
}): ReactNode {
  // The slider keeps its ends while it is turned: they follow from where it began.
  const [start, setStart] = useState(literal.value);
  const known = sliderRange(start, literal);
  const [low, high] = [Math.min(known[0], literal.value), Math.max(known[1], literal.value)];
  const step = stepOf({ ...literal, value: start });
  const set = (value: number): void => {
    if (value !== literal.value && Number.isFinite(value)) onReplace(literal, numberText(value));
  };
  const { unit, range } = literal;
  const name = `${literal.label}${unit === undefined ? '' : ` in ${unit.name}`}`;
  return (
    <div className={classes['turn']}>
      <span className={classes['turnName']} title={literal.doc}>
        <span className="mono">{literal.label}</span>
        {literal.doc === '' ? null : <span className="dim"> {literal.doc}</span>}
      </span>
      <Slider
        aria-label={name}
        className={classes['slider'] ?? ''}
        min={low}
        max={high}
        step={step}
        value={literal.value}
        label={null}
        thumbProps={{ 'aria-label': name }}
        onChange={(value) => set(Number(value.toPrecision(10)))}
      />
      <NumberInput
        aria-label={`${name}, number`}
        w={112}
        size="xs"
        step={step}
        {...(typeof range?.low === 'number' && unit === undefined ? { min: range.low } : {})}
        value={literal.value}
        onChange={(value) => {
          if (value !== '') set(Number(value));
        }}
        onBlur={() => setStart(literal.value)}
      />
      {unit === undefined ? (
        <span />
      ) : (
        <NativeSelect
          aria-label={`Unit of ${literal.label}`}
          size="xs"
          w={64}
          data={[...timeUnits]}
          value={unit.name}
          onChange={(event) => onReplace(unit, event.currentTarget.value)}
        />
      )}
    </div>
  );
}
