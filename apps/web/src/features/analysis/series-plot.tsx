'use client';

import type { ReportPlot as Plot } from '@countroom/contracts';
import { type ReactNode, useCallback, useState } from 'react';
import { saveFile, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { StaticPlot } from '../data/static-plot';
import { plotCsv, type Range, reportOption } from './report-option';

/** Curves, points and steps over one pair of axes. */
export function SeriesPlot({ plot, height }: { readonly plot: Plot; readonly height: number }): ReactNode {
  const [range, setRange] = useState<Range>(null);
  const option = useCallback((tokens: Tokens) => reportOption(plot, range, tokens), [plot, range]);
  return (
    <StaticPlot
      label={plot.title}
      name={plot.name}
      height={height}
      option={option}
      fading={false}
      readout={(x, y) => `${plain(Number(x.toPrecision(6)))} · ${plain(Number(y.toPrecision(4)))}`}
      onZoom={setRange}
      onCsv={() => saveFile(`${plot.name}.csv`, new Blob([plotCsv(plot)], { type: 'text/csv' }))}
      onJson={() => saveJson(`${plot.name}.json`, plot)}
    />
  );
}
