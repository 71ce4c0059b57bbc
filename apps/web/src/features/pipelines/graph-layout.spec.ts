import type { PipelineStep } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { layOut, mostBands } from './graph-layout';

function steps(run: number): PipelineStep[] {
  const chain: [string, [string, string | null][]][] = [
    ['raw_to_dsp', [['raw', null]]],
    ['dsp_to_hit', [['dsp', 'raw_to_dsp']]],
    ['build_tcm', [['raw', null]]],
    [
      'hit_to_evt',
      [
        ['hit', 'dsp_to_hit'],
        ['tcm', 'build_tcm'],
      ],
    ],
  ];
  return chain.map(([stage, inputs], position) => ({
    stage,
    position,
    joined: false,
    inputs: inputs.map(([port, maker]) => ({ port, stage: maker })),
    job: { id: `${run} ${stage}`, stage, detector: 'demo', run } as PipelineStep['job'],
  }));
}

const places = (layout: ReturnType<typeof layOut>): string[] =>
  layout.nodes.map(({ stage, column, row, jobs }) => `${stage} ${column} ${row} ${jobs.length}`);

describe('the graph of a pipeline', () => {
  it('has each step behind what it reads, and runs below each other', () => {
    const layout = layOut([...steps(1), ...steps(2)]);
    expect(places(layout)).toEqual([
      'raw_to_dsp 0 0 1',
      'dsp_to_hit 1 0 1',
      'build_tcm 0 1 1',
      'hit_to_evt 2 0 1',
      'raw_to_dsp 0 2 1',
      'dsp_to_hit 1 2 1',
      'build_tcm 0 3 1',
      'hit_to_evt 2 2 1',
    ]);
    expect(layout.bands.map(({ run, row, rows }) => [run?.number, row, rows])).toEqual([
      [1, 0, 2],
      [2, 2, 2],
    ]);
    expect([layout.columns, layout.rows]).toEqual([3, 4]);
    expect(layout.edges.map(({ from, to, port }) => `${from.key} ${port} ${to.key}`).slice(0, 3)).toEqual([
      'demo/1 raw_to_dsp dsp demo/1 dsp_to_hit',
      'demo/1 dsp_to_hit hit demo/1 hit_to_evt',
      'demo/1 build_tcm tcm demo/1 hit_to_evt',
    ]);
  });

  it('draws many runs as one', () => {
    const layout = layOut(Array.from({ length: mostBands + 1 }, (_, run) => steps(run)).flat());
    expect(places(layout)[0]).toBe(`raw_to_dsp 0 0 ${mostBands + 1}`);
    expect(layout.bands).toHaveLength(1);
    expect(layout.edges).toHaveLength(3);
  });

  it('is empty without steps', () => {
    expect(layOut([])).toEqual({ nodes: [], edges: [], bands: [], columns: 0, rows: 0 });
  });
});
