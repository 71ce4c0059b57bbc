import type { Chart } from '../../lib/chart/echarts';
import { screen } from './scope-option';

const pixelRatio = 2;

/** The screen with its afterglow as a picture; empty without a chart. */
export function pictureOf(chart: Chart | null, glow: HTMLCanvasElement | null, background: string): string {
  if (chart === null) return '';
  const canvas = chart.renderToCanvas({ pixelRatio, backgroundColor: background });
  if (glow !== null && glow.width > 0) {
    canvas
      .getContext('2d')
      ?.drawImage(
        glow,
        screen.left * pixelRatio,
        screen.top * pixelRatio,
        canvas.width - (screen.left + screen.right) * pixelRatio,
        canvas.height - (screen.top + screen.bottom) * pixelRatio,
      );
  }
  return canvas.toDataURL('image/png');
}
