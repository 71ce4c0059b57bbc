'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useNow } from '../../lib/live/now';
import { RunLink } from '../../lib/run/run-link';
import { StatusMark } from '../../lib/ui/status-mark';
import { type GraphBand, type GraphEdge, type GraphLayout, type GraphNode, layOut } from './graph-layout';
import { ageWord, shareOf, stateOf } from './pipeline-words';
import classes from './pipelines.module.css';

const node = { width: 168, height: 76 };
const gap = { x: 84, y: 16 };
const labelHeight = 26;

/** The steps of a pipeline as boxes, from what is read to what is made; each box leads to its job. */
export function PipelineGraph({
  pipeline,
  steps,
}: {
  readonly pipeline: string;
  readonly steps: Parameters<typeof layOut>[0];
}): ReactNode {
  const nowMs = useNow();
  const layout = layOut(steps);
  const place = placing(layout);
  return (
    <div className={classes['scroller']} role="group" aria-label="Graph of the stages" tabIndex={0}>
      <div className={classes['graph']} style={{ width: place.width, height: place.height }}>
        <svg width={place.width} height={place.height} aria-hidden className={classes['edges']}>
          {layout.edges.map((edge) => (
            <Edge key={`${edge.from.key} ${edge.to.key} ${edge.port}`} edge={edge} place={place} />
          ))}
        </svg>
        {layout.bands.map((band) => (
          <div key={band.key} className={classes['band']} style={{ top: place.bandTop(band) }}>
            {band.run === null ? (
              `${band.runs} runs`
            ) : (
              <RunLink detector={band.run.detector} run={band.run.number} />
            )}
          </div>
        ))}
        {layout.nodes.map((each) => (
          <Node key={each.key} node={each} nowMs={nowMs} pipeline={pipeline} place={place} />
        ))}
      </div>
    </div>
  );
}

interface Placing {
  readonly width: number;
  readonly height: number;
  bandTop(band: GraphBand): number;
  left(node: GraphNode): number;
  top(node: GraphNode): number;
}

/** Every band has a line for its name above its boxes. */
function placing({ bands, columns, rows }: GraphLayout): Placing {
  const bandsUpTo = (row: number): number => bands.filter((band) => band.row <= row).length;
  const lineTop = (row: number): number => row * (node.height + gap.y) + bandsUpTo(row) * labelHeight;
  return {
    width: Math.max(0, columns * (node.width + gap.x) - gap.x),
    height: rows * (node.height + gap.y) + bands.length * labelHeight,
    bandTop: (band) => lineTop(band.row) - labelHeight,
    left: (each) => each.column * (node.width + gap.x),
    top: (each) => lineTop(each.row),
  };
}

function Edge({ edge, place }: { readonly edge: GraphEdge; readonly place: Placing }): ReactNode {
  const { from, to, port } = edge;
  const x1 = place.left(from) + node.width;
  const y1 = place.top(from) + node.height / 2;
  const x2 = place.left(to);
  const y2 = place.top(to) + node.height / 2;
  const bend = gap.x / 2;
  // What skips a column runs below its boxes, in the gap between two lines.
  const passes = to.column - from.column > 1;
  const low = Math.max(place.top(from), place.top(to)) + node.height + gap.y / 2;
  const path =
    passes && y1 === y2
      ? `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x1} ${low}, ${x1 + bend} ${low} L ${x2 - bend} ${low} C ${x2} ${low}, ${x2 - bend} ${y2}, ${x2} ${y2}`
      : passes
        ? `M ${x1} ${y1} L ${x2 - gap.x} ${y1} C ${x2 - bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`
        : `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
  return (
    <>
      <path d={path} className={classes['edge']} />
      <text x={x1 + 6} y={y1 - 5} className={classes['port']}>
        {port}
      </text>
    </>
  );
}

function Node({
  node: { stage, jobs, ...rest },
  nowMs,
  pipeline,
  place,
}: {
  readonly node: GraphNode;
  readonly nowMs: number;
  readonly pipeline: string;
  readonly place: Placing;
}): ReactNode {
  const { mark, word } = stateOf(jobs);
  const [job, ...others] = jobs;
  const share = shareOf(jobs);
  const single = others.length === 0;
  const href = single ? `/jobs/${job!.id}` : `/jobs?pipeline=${pipeline}&stage=${stage}`;
  const at = { stage, jobs, ...rest };
  return (
    <Link
      href={href}
      className={classes['node']}
      data-mark={mark}
      style={{ left: place.left(at), top: place.top(at), width: node.width, height: node.height }}
    >
      <span className="mono">{stage}</span>
      <StatusMark mark={mark}>
        {word}
        {single && job!.attempt > 1 ? `, attempt ${job!.attempt}` : ''}
      </StatusMark>
      <span className={classes['age']}>{single ? ageWord(job!, nowMs) : `${jobs.length} jobs`}</span>
      {mark === 'running' ? (
        <progress
          className={classes['progress']}
          aria-label={`Progress of ${stage}`}
          {...(share === null ? {} : { value: share, max: 1 })}
        />
      ) : null}
    </Link>
  );
}
