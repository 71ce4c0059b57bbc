'use client';

import { endpoints } from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../api/use-api';

/** Which detector; empty text stands for all of them. */
export function DetectorSelect({
  value,
  onChange,
  label,
  all = 'All detectors',
}: {
  readonly value: string;
  readonly onChange: (detector: string) => void;
  /** Shown above the field; without it only read out. */
  readonly label?: string;
  readonly all?: string;
}): ReactNode {
  const detectors = useApi(endpoints.detectors.list, {});
  const names = (detectors.data ?? []).map((each) => each.name);
  // A detector that the address names is shown even before, or without, the list.
  const known = value === '' || names.includes(value) ? names : [value, ...names];
  return (
    <NativeSelect
      {...(label === undefined ? { 'aria-label': 'Detector' } : { label })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: all }, ...known.map((name) => ({ value: name, label: name }))]}
    />
  );
}
