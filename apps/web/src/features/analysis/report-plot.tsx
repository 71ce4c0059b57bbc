'use client';

import type { ReportPlot as Plot } from '@countroom/contracts';
import { type ReactNode, useCallback, useState } from 'react';
import { saveFile } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { StaticPlot } from '../data/static-plot';
import { HeatPlot } from './heat-plot';
import { plotCsv, type Range, reportOption } from './report-option';

/** One plot of a report: curves and points over one pair of axes, or a map. */
export function ReportPlot({
  plot,
  height = 280,
}: {
  readonly plot: Plot;
  readonly height?: number;
}): ReactNode {
  const [range, setRange] = useState<Range>(null);
  const option = useCallback((tokens: Tokens) => reportOption(plot, range, tokens), [plot, range]);
  if (plot.map !== undefined) return <HeatPlot plot={plot} map={plot.map} height={height} />;
  return (
    <StaticPlot
      label={plot.title}
      name={plot.name}
      height={height}
      option={option}
      fading={false}
      readout={(x, y) => `${plain(Number(x.toPrecision(6)))} · ${plain(Number(y.toPrecision(4)))}`}
      onZoom={setRange}
      onCsv={() => saveText(`${plot.name}.csv`, 'text/csv', plotCsv(plot))}
      onJson={() => saveText(`${plot.name}.json`, 'application/json', JSON.stringify(plot, null, 2))}
    />
  );
}

function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  saveFile(name, url);
  URL.revokeObjectURL(url);
}
