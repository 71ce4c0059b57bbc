import { useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import type { Chart } from '../lib/chart/echarts';
import { saveFile } from '../lib/chart/export';
import { type Tokens, tokensOf } from '../lib/theme/tokens';

/** A plot that is drawn anew with its panel, for instruments of a few pictures per second. */
export interface Plot {
  readonly onReady: (chart: Chart) => () => void;
  readonly savePicture: (file: string) => void;
}

/** Draws what `option` gives with every drawing of the panel; null: nothing to draw yet. */
export function usePlot(option: (tokens: Tokens) => EChartsCoreOption | null): Plot {
  const tokens = tokensOf(useComputedColorScheme('light'));
  const chart = useRef<Chart | null>(null);
  const draw = (): void => {
    const drawn = option(tokens);
    if (drawn !== null) chart.current?.setOption(drawn, { replaceMerge: ['series'] });
  };
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    draw();
  });
  return {
    onReady: (ready) => {
      chart.current = ready;
      latest.current();
      return () => {
        chart.current = null;
      };
    },
    savePicture: (file) => {
      const url = chart.current?.getDataURL({ pixelRatio: 2, backgroundColor: tokens.panel });
      if (url !== undefined) saveFile(file, url);
    },
  };
}
