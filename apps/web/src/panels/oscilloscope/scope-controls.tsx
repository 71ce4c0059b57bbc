'use client';

import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { si } from '../../lib/format/numbers';
import { ChannelChoice } from '../channel-choice';
import classes from '../panels.module.css';
import { averages, persistences, type ScopeSettings } from './scope-settings';
import { timeDivisions } from './vertical';
import { rangeOf, timeScales } from './window';

/** How records are taken to the screen. `held`: no more until somebody says so. */
export type ScopeMode = 'run' | 'average' | 'single' | 'held';

const modes: readonly { readonly value: ScopeMode; readonly label: string }[] = [
  { value: 'run', label: 'Run' },
  { value: 'average', label: 'Average' },
  { value: 'single', label: 'Single' },
  { value: 'held', label: 'Hold' },
];
const persistWords: Readonly<Record<(typeof persistences)[number], string>> = {
  off: 'off',
  '0.3': '0.3 s',
  '1': '1 s',
  '3': '3 s',
  '10': '10 s',
  inf: 'without end',
};

/** Mode, channels, time base, afterglow and cursors of the oscilloscope. */
export function ScopeControls({
  settings,
  mode,
  onMode,
  channels,
  names,
  range,
  whole,
}: {
  readonly settings: ScopeSettings;
  readonly mode: ScopeMode;
  readonly onMode: (mode: ScopeMode) => void;
  readonly channels: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  readonly range: readonly [number, number];
  readonly whole: readonly [number, number];
}): ReactNode {
  const { zoom, times, levels } = settings;
  const [from, to] = range;
  const perDivision = (to - from) / timeDivisions;
  const scales = timeScales(whole);
  const isOdd = zoom !== null && !scales.some((scale) => Math.abs(scale / perDivision - 1) < 1e-3);
  return (
    <div className={classes['controls']}>
      <SegmentedControl
        size="xs"
        aria-label="Mode"
        value={mode}
        onChange={(value) => onMode(modes.find((each) => each.value === value)?.value ?? 'run')}
        data={[...modes]}
      />
      {mode === 'average' ? (
        <Field label="Records">
          <NativeSelect
            value={settings.average}
            onChange={(event) => settings.setAverage(event.currentTarget.value)}
            data={averages.map((count) => ({ value: count, label: `last ${count}` }))}
          />
        </Field>
      ) : null}
      <ChannelChoice
        channels={channels}
        names={names}
        chosen={settings.chosen}
        onChange={settings.setChosen}
      />
      <Field label="Time base">
        <NativeSelect
          value={
            zoom === null
              ? ''
              : isOdd
                ? 'odd'
                : String(scales.find((s) => Math.abs(s / perDivision - 1) < 1e-3))
          }
          onChange={(event) => {
            const text = event.currentTarget.value;
            settings.setZoom(
              text === '' ? null : text === 'odd' ? zoom : rangeOf(Number(text), range, whole),
            );
          }}
          data={[
            { value: '', label: 'whole record' },
            ...(isOdd ? [{ value: 'odd', label: `${si(perDivision * 1e-9, 's')}/div` }] : []),
            ...scales.map((scale) => ({ value: String(scale), label: `${si(scale * 1e-9, 's')}/div` })),
          ]}
        />
      </Field>
      <Field label="Persistence">
        <NativeSelect
          value={settings.persist}
          onChange={(event) => settings.setPersist(event.currentTarget.value)}
          data={persistences.map((value) => ({ value, label: persistWords[value] }))}
        />
      </Field>
      <Toggle
        label="Time cursors"
        pressed={times !== null}
        onPress={() =>
          settings.setTimes(times === null ? [from + (to - from) / 3, from + (2 * (to - from)) / 3] : null)
        }
      />
      <Toggle
        label="Level cursors"
        pressed={levels !== null}
        onPress={() => settings.setLevels(levels === null ? [1, -1] : null)}
      />
    </div>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <label className={classes['field']}>
      {label}
      {children}
    </label>
  );
}

function Toggle({
  label,
  pressed,
  onPress,
}: {
  readonly label: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}): ReactNode {
  return (
    <Button
      size="compact-xs"
      variant={pressed ? 'filled' : 'default'}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {label}
    </Button>
  );
}
