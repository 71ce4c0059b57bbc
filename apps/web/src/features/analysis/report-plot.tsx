'use client';

import type { ReportPlot as Plot } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { HeatPlot } from './heat-plot';
import { SeriesPlot } from './series-plot';
import { TrialsPlot } from './trials-plot';

/** One plot of a report: curves and points over one pair of axes, a map, or the points of a search over parameters. */
export function ReportPlot({
  plot,
  height = 280,
}: {
  readonly plot: Plot;
  readonly height?: number;
}): ReactNode {
  if (plot.trials !== undefined) return <TrialsPlot plot={plot} trials={plot.trials} height={height} />;
  if (plot.map !== undefined) return <HeatPlot plot={plot} map={plot.map} height={height} />;
  return <SeriesPlot plot={plot} height={height} />;
}
