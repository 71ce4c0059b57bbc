'use client';

import { Button, NativeSelect, NumberInput, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChannelChoice } from '../channel-choice';
import classes from '../panels.module.css';

interface Props {
  readonly channels: readonly string[];
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: readonly string[]) => void;
  readonly logarithmic: boolean;
  readonly onLogarithmic: (logarithmic: boolean) => void;
  readonly rebinning: string;
  readonly rebinnings: readonly string[];
  readonly onRebinning: (rebinning: string) => void;
  readonly range: readonly [number, number] | null;
  readonly onRange: (range: readonly [number, number] | null) => void;
}

/** Channels, scale, bins and range of a spectrum; the range can also be drawn in the plot. */
export function SpectrumControls(props: Props): ReactNode {
  const { range } = props;
  const set = (from: number, to: number): void => {
    if (from < to) props.onRange([from, to]);
  };
  return (
    <div className={classes['controls']}>
      <ChannelChoice channels={props.channels} chosen={props.chosen} onChange={props.onChosen} />
      <Switch
        label="Log scale"
        checked={props.logarithmic}
        onChange={(event) => props.onLogarithmic(event.currentTarget.checked)}
      />
      <label className={classes['field']}>
        Sum bins
        <NativeSelect
          value={props.rebinning}
          data={[...props.rebinnings]}
          onChange={(event) => props.onRebinning(event.currentTarget.value)}
        />
      </label>
      {range === null ? (
        <span className="dim">Drag in the plot to zoom</span>
      ) : (
        <span className={classes['field']}>
          <NumberInput
            aria-label="Energy from"
            className={classes['number']}
            hideControls
            value={range[0]}
            onChange={(value) => set(Number(value), range[1])}
          />
          to
          <NumberInput
            aria-label="Energy to"
            className={classes['number']}
            hideControls
            value={range[1]}
            onChange={(value) => set(range[0], Number(value))}
          />
          <Button size="compact-xs" variant="default" onClick={() => props.onRange(null)}>
            Show all
          </Button>
        </span>
      )}
    </div>
  );
}
