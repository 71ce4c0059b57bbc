import type { Chart } from './echarts';

/** A drag shorter than this is a click. */
const leastPixels = 6;

interface Place {
  readonly offsetX: number;
  readonly offsetY: number;
}

/** The range between two places of the x axis in order; null for a drag too short to be meant. */
export function draggedRange(
  fromPixel: number,
  toPixel: number,
  toValue: (pixel: number) => number,
): readonly [number, number] | null {
  if (Math.abs(toPixel - fromPixel) < leastPixels) return null;
  const [one, other] = [toValue(fromPixel), toValue(toPixel)];
  return one < other ? [one, other] : [other, one];
}

/**
 * Lets a range of the x axis be chosen by dragging in the plot, and the whole be had back by a double click. `shade` is
 * laid over what is being chosen. Ends with the chart.
 */
export function watchDrag(
  chart: Chart,
  shade: HTMLElement,
  zoomed: (range: readonly [number, number] | null) => void,
): void {
  const zr = chart.getZr();
  let from: number | null = null;
  const inside = (place: Place): boolean => chart.containPixel('grid', [place.offsetX, place.offsetY]);
  const hide = (): void => {
    from = null;
    shade.style.display = 'none';
  };
  zr.on('mousedown', (place) => {
    if (inside(place)) from = place.offsetX;
  });
  zr.on('mousemove', (place) => {
    if (from === null) return;
    shade.style.display = 'block';
    shade.style.left = `${Math.min(from, place.offsetX)}px`;
    shade.style.width = `${Math.abs(place.offsetX - from)}px`;
  });
  zr.on('mouseup', (place) => {
    const begun = from;
    hide();
    if (begun === null) return;
    const toValue = (pixel: number): number => chart.convertFromPixel({ xAxisIndex: 0 }, pixel);
    const range = draggedRange(begun, place.offsetX, toValue);
    if (range !== null) zoomed(range);
  });
  zr.on('globalout', hide);
  zr.on('dblclick', () => zoomed(null));
}
