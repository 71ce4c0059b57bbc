import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  AxisPointerComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
} from 'echarts/components';
import { type ECharts, init, use as register, registerTheme } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { darkTokens, lightTokens } from '../theme/tokens';
import { chartTheme } from './chart-theme';

register([
  BarChart,
  CustomChart,
  LineChart,
  AriaComponent,
  AxisPointerComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  CanvasRenderer,
]);
registerTheme('light', chartTheme(lightTokens));
registerTheme('dark', chartTheme(darkTokens));

export type Chart = ECharts;

/** A chart on a canvas in `element`, coloured for the scheme. */
export function createChart(element: HTMLElement, scheme: 'light' | 'dark'): Chart {
  return init(element, scheme, { renderer: 'canvas' });
}
