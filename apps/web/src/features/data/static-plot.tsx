'use client';

import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { IconDownload, IconJson, IconPhoto } from '@tabler/icons-react';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveFile } from '../../lib/chart/export';
import { usePainter } from '../../lib/chart/use-painter';
import { type Tokens, tokensOf } from '../../lib/theme/tokens';

/** A plot of what was read: drawn anew when its option changes; picture and data can be saved. */
export function StaticPlot({
  label,
  option,
  name,
  height = 400,
  fading,
  readout,
  onZoom,
  onCsv,
  onJson,
}: {
  readonly label: string;
  /** Must keep its identity while nothing changes. */
  readonly option: (tokens: Tokens) => EChartsCoreOption;
  /** Of the file that the picture is saved as, without an ending. */
  readonly name: string;
  readonly height?: number;
  /** What is drawn belongs to the question before. */
  readonly fading: boolean;
  readonly readout: (x: number, y: number) => string;
  readonly onZoom: (range: readonly [number, number] | null) => void;
  readonly onCsv: () => void;
  readonly onJson: () => void;
}): ReactNode {
  const scheme = useComputedColorScheme('light');
  const chart = useRef<Chart | null>(null);
  const paint = usePainter(() => {
    chart.current?.setOption(option(tokensOf(scheme)), { replaceMerge: ['series'] });
  });
  useEffect(() => {
    void paint();
  }, [option, scheme, paint]);
  return (
    <ChartView
      label={label}
      height={height}
      stale={fading}
      readout={readout}
      onZoom={onZoom}
      tools={
        <>
          <ActionIcon
            aria-label="Save as picture"
            onClick={() => {
              const url = chart.current?.getDataURL({
                pixelRatio: 2,
                backgroundColor: tokensOf(scheme).panel,
              });
              if (url !== undefined) saveFile(`${name}.png`, url);
            }}
          >
            <IconPhoto size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label="Save data as CSV" onClick={onCsv}>
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label="Save data as JSON" onClick={onJson}>
            <IconJson size={16} aria-hidden />
          </ActionIcon>
        </>
      }
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
