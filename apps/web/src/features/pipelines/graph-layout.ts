import type { PipelineStep } from '@countroom/contracts';

/** A node of the graph: one stage of one run, or of all runs together when there are many. */
export interface GraphNode {
  readonly key: string;
  readonly stage: string;
  /** The jobs that it stands for, at least one. */
  readonly jobs: readonly PipelineStep['job'][];
  /** Column, from the left. */
  readonly column: number;
  /** Line, from the top. */
  readonly row: number;
}

/** What leads from the maker of something to its reader. */
export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** Data kind. */
  readonly port: string;
}

/** Lines of one run, or of all of them. */
export interface GraphBand {
  readonly key: string;
  /** Null for all runs together. */
  readonly run: { readonly detector: string; readonly number: number } | null;
  readonly runs: number;
  readonly row: number;
  readonly rows: number;
}

export interface GraphLayout {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly bands: readonly GraphBand[];
  readonly columns: number;
  readonly rows: number;
}

/** More runs than these are drawn as one. */
export const mostBands = 12;

/**
 * Where the steps of a pipeline stand: run below run, and from left to right so that each step is behind all that it
 * reads. Steps of one column stand below each other.
 */
export function layOut(steps: readonly PipelineStep[]): GraphLayout {
  const names = [...new Set(steps.map(runOf))];
  const together = names.length > mostBands;
  const groups = together
    ? [{ name: '', steps }]
    : names.map((name) => ({ name, steps: steps.filter((step) => runOf(step) === name) }));
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const bands: GraphBand[] = [];
  let row = 0;
  for (const { name, steps: own } of groups) {
    const band = layOutBand(name, own, row);
    nodes.push(...band.nodes);
    edges.push(...band.edges);
    const rows = 1 + Math.max(...band.nodes.map((node) => node.row)) - row;
    const { detector, run: number } = own[0]!.job;
    const run = together ? null : { detector, number };
    bands.push({ key: name, run, runs: together ? names.length : 1, row, rows });
    row += rows;
  }
  const columns = 1 + Math.max(-1, ...nodes.map((node) => node.column));
  return { nodes, edges, bands, columns, rows: row };
}

function layOutBand(
  name: string,
  steps: readonly PipelineStep[],
  firstRow: number,
): Pick<GraphLayout, 'nodes' | 'edges'> {
  const ordered = [...steps].sort((a, b) => a.position - b.position);
  const nodes = new Map<string, GraphNode>();
  const links = new Map<string, { from: string; to: string; port: string }>();
  const used = new Map<number, number>();
  for (const { stage, job, inputs } of ordered) {
    const makers = inputs.flatMap(({ port, stage: maker }) => (maker === null ? [] : [{ port, maker }]));
    for (const { port, maker } of makers) {
      links.set(`${maker} ${stage} ${port}`, { from: maker, to: stage, port });
    }
    const known = nodes.get(stage);
    if (known !== undefined) {
      nodes.set(stage, { ...known, jobs: [...known.jobs, job] });
      continue;
    }
    const column = Math.max(0, ...makers.map(({ maker }) => 1 + (nodes.get(maker)?.column ?? -1)));
    const line = used.get(column) ?? 0;
    used.set(column, line + 1);
    nodes.set(stage, { key: `${name} ${stage}`, stage, jobs: [job], column, row: firstRow + line });
  }
  const edges = [...links.values()].flatMap(({ from, to, port }) => {
    const [maker, reader] = [nodes.get(from), nodes.get(to)];
    return maker === undefined || reader === undefined ? [] : [{ from: maker, to: reader, port }];
  });
  return { nodes: [...nodes.values()], edges };
}

function runOf({ job }: PipelineStep): string {
  return `${job.detector}/${job.run}`;
}
