'use client';

import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { usePainter } from '../../lib/chart/use-painter';
import { plain } from '../../lib/format/numbers';
import { tokensOf } from '../../lib/theme/tokens';
import type { PreviewCurve } from './preview-curves';
import { groupsOf, heightFor, previewOption, type TimeMark } from './preview-option';

type Range = readonly [number, number];

/** The chosen waveforms of the chosen rows. */
export function PreviewPlot({
  curves,
  marks,
  stacked,
  zoom,
  onZoom,
}: {
  readonly curves: readonly PreviewCurve[];
  readonly marks: readonly TimeMark[];
  readonly stacked: boolean;
  readonly zoom: Range | null;
  readonly onZoom: (range: Range | null) => void;
}): ReactNode {
  const scheme = useComputedColorScheme('light');
  const chart = useRef<Chart | null>(null);
  const groups = useMemo(() => groupsOf(curves, stacked), [curves, stacked]);
  const height = heightFor(groups.length);
  const paint = usePainter(() => {
    const { series: colors, text } = tokensOf(scheme);
    chart.current?.setOption(previewOption({ groups, marks, zoom, colors, text }), {
      replaceMerge: ['series', 'grid', 'xAxis', 'yAxis'],
    });
  });
  useEffect(() => {
    void paint();
  }, [groups, marks, zoom, scheme, paint]);
  const names = [...new Set(curves.map(({ name }) => name))];
  const rows = [...new Set(curves.map(({ row }) => row))];
  return (
    <ChartView
      key={height}
      label={`Preview of ${names.join(', ')}: rows ${rows.join(', ')}, sum ${plain(checksum(curves))}`}
      height={height}
      empty={curves.length === 0 ? 'Choose a waveform to draw.' : null}
      onZoom={onZoom}
      onReady={(ready) => {
        chart.current = ready;
        void paint();
        return () => {
          chart.current = null;
        };
      }}
    />
  );
}

/** Sum of all samples: tells those who cannot see the curves that they have changed. */
function checksum(curves: readonly PreviewCurve[]): number {
  let sum = 0;
  for (const { values } of curves) for (const value of values) if (Number.isFinite(value)) sum += value;
  return sum;
}
