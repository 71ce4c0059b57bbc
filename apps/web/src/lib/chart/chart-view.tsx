'use client';

import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './chart-view.module.css';
import { watchDrag } from './drag-zoom';
import { type Chart, createChart } from './echarts';

export interface ChartViewProps {
  /** What the picture shows, for those who cannot see it. */
  readonly label: string;
  readonly height?: number | string;
  /** Called with each new chart (also when the colour scheme changes); what it returns is called before the chart goes. */
  readonly onReady: (chart: Chart) => (() => void) | undefined;
  /** Called with the horizontal range that was drawn with the mouse; null when the whole is wanted again. */
  readonly onZoom?: (range: readonly [number, number] | null) => void;
  /** Text for the fixed read-out at the place of the cursor in axis units. */
  readonly readout?: (x: number, y: number) => string;
  /** Laid over the plot, in its place and size. */
  readonly over?: ReactNode;
  /** Stands at the left below the plot: what can be done with it. */
  readonly tools?: ReactNode;
  /** Why there is nothing to draw yet; stands in the middle of the plot. */
  readonly empty?: string | null;
  readonly stale?: boolean;
  /** Kept still by the reader: hatched, in its colours. */
  readonly held?: boolean;
}

/**
 * A canvas that follows its size. Content is drawn by the owner through the chart that `onReady` hands out, so that
 * frames never pass through React.
 */
export function ChartView(props: ChartViewProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const shade = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLParagraphElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const chart = createChart(element, scheme);
    const ended = latest.current.onReady(chart);
    const sizes = new ResizeObserver(() => chart.resize());
    sizes.observe(element);
    if (shade.current !== null && latest.current.onZoom !== undefined) {
      watchDrag(chart, shade.current, (range) => latest.current.onZoom?.(range));
    }
    watchCursor(chart, text, latest);
    return () => {
      sizes.disconnect();
      ended?.();
      chart.dispose();
    };
  }, [scheme]);
  const empty = props.empty ?? null;
  return (
    <figure
      className={classes['figure']}
      data-stale={props.stale === true || undefined}
      data-held={props.held === true || undefined}
    >
      <div
        ref={place}
        role="img"
        aria-label={props.label}
        className={classes['canvas']}
        data-empty={empty !== null || undefined}
        style={{ height: props.height ?? 280 }}
      />
      {empty === null ? null : (
        <p className={classes['empty']} role="status">
          {empty}
        </p>
      )}
      <div ref={shade} className={classes['shade']} aria-hidden="true" />
      {props.over === undefined || empty !== null ? null : (
        <div className={classes['over']} style={{ height: props.height ?? 280 }}>
          {props.over}
        </div>
      )}
      <div className={classes['foot']}>
        {props.tools}
        {props.readout === undefined ? null : (
          <p ref={text} className={classes['readout']} aria-hidden="true">
            {' '}
          </p>
        )}
      </div>
    </figure>
  );
}

type Latest = { readonly current: ChartViewProps };

function watchCursor(
  chart: Chart,
  text: { readonly current: HTMLParagraphElement | null },
  latest: Latest,
): void {
  const say = (words: string): void => {
    if (text.current !== null) text.current.textContent = words === '' ? ' ' : words;
  };
  chart.getZr().on('mousemove', (event) => {
    const readout = latest.current.readout;
    if (readout === undefined) return;
    const point = [event.offsetX, event.offsetY];
    if (!chart.containPixel('grid', point)) {
      say('');
      return;
    }
    const [x, y] = chart.convertFromPixel('grid', point) as [number, number];
    say(readout(x, y));
  });
  chart.getZr().on('globalout', () => say(''));
}
