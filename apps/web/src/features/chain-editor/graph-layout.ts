import type { ExplainedVariable, InspectedProcessor } from '@countroom/dsp';
import { Graph, layout } from '@dagrejs/dagre';
import { variableWords } from './knowledge';

/** A column that is read, or a processor, with a line for each variable that it gives. */
export interface ChainNode {
  readonly id: string;
  readonly kind: 'column' | 'processor';
  /** What it does: the function's name. */
  readonly work: string;
  readonly lines: readonly { readonly name: string; readonly words: string; readonly isOutput: boolean }[];
  readonly state: InspectedProcessor['state'];
  readonly needed: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ChainEdge {
  readonly from: string;
  readonly to: string;
  /** Variables that go along it. */
  readonly names: readonly string[];
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ChainDrawing {
  readonly nodes: readonly ChainNode[];
  readonly edges: readonly ChainEdge[];
  readonly width: number;
  readonly height: number;
}

interface Resolved {
  readonly processors: readonly InspectedProcessor[];
  readonly variables: readonly ExplainedVariable[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Node of a column: no processor has a key with a colon in front. */
export function columnId(name: string): string {
  return `:${name}`;
}

const lineHeight = 16;
const letterWidth = 6.7;
const mostLetters = 46;
/** Room for what is told behind the work: that there is an error, or that nothing needs it. */
const remarkLetters = 24;

/** The resolved chain in layers from top to bottom. */
export function drawChain({ processors, variables, inputs, outputs }: Resolved): ChainDrawing {
  const words = new Map(variables.map((one) => [one.name, variableWords(one)]));
  const wanted = new Set(outputs);
  const lineOf = (name: string) => ({ name, words: words.get(name) ?? '', isOutput: wanted.has(name) });
  const used = new Set(processors.filter(({ needed }) => needed).flatMap(({ needs }) => needs));
  const plain = [
    ...inputs.map((name) => ({
      id: columnId(name),
      kind: 'column' as const,
      work: 'column',
      lines: [lineOf(name)],
      state: 'ready' as const,
      needed: used.has(name) || wanted.has(name),
    })),
    ...processors.map(({ key, names, work, state, needed }) => ({
      id: key,
      kind: 'processor' as const,
      work: shortWork(work),
      lines: names.map(lineOf),
      state,
      needed,
    })),
  ].map((node) => ({ ...node, ...sizeOf(node) }));
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 20, ranksep: 34, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of plain) graph.setNode(id, { width, height });
  const maker = new Map<string, string>([
    ...inputs.map((name) => [name, columnId(name)] as const),
    ...processors.flatMap(({ key, names }) => names.map((name) => [name, key] as const)),
  ]);
  const between = new Map<string, { from: string; to: string; names: string[] }>();
  for (const { key, needs } of processors) {
    for (const name of needs) {
      const from = maker.get(name);
      if (from === undefined || from === key) continue;
      const id = `${from}\n${key}`;
      const edge = between.get(id) ?? { from, to: key, names: [] };
      edge.names.push(name);
      between.set(id, edge);
    }
  }
  for (const { from, to } of between.values()) graph.setEdge(from, to);
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  return {
    nodes: plain.map((node) => {
      const { x, y } = graph.node(node.id) as { x: number; y: number };
      return { ...node, x: x - node.width / 2, y: y - node.height / 2 };
    }),
    edges: [...between.values()].map((edge) => ({
      ...edge,
      points: (graph.edge(edge.from, edge.to) as { points: ChainEdge['points'] }).points,
    })),
    width: size.width ?? 0,
    height: size.height ?? 0,
  };
}

/** `pole_zero` of `dspeed.processors.pole_zero`; an expression as it stands. */
function shortWork(work: string): string {
  const text = /^[\w.]+$/.test(work) ? (work.split('.').at(-1) ?? work) : work;
  return text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text;
}

function sizeOf({ work, lines, state, needed }: Pick<ChainNode, 'work' | 'lines' | 'state' | 'needed'>): {
  width: number;
  height: number;
} {
  const longest = Math.max(
    work.length + 2,
    state === 'ready' && needed ? 0 : work.length + remarkLetters,
    ...lines.map(({ name, words }) => Math.min(mostLetters, name.length + words.length + 4)),
  );
  return { width: Math.max(96, longest * letterWidth + 16), height: (lines.length + 1) * lineHeight + 12 };
}
