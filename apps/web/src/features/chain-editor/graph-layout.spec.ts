import { describe, expect, it } from 'vitest';
import { columnId, drawChain } from './graph-layout';

const processor = (key: string, needs: string[], more = {}) => ({
  key,
  path: ['processors', key],
  names: key.split(', '),
  needs,
  work: `dspeed.processors.${key.split(', ')[0]!}`,
  state: 'ready' as const,
  needed: true,
  ...more,
});

describe('the drawing of a chain', () => {
  const drawing = drawChain({
    inputs: ['waveform'],
    outputs: ['b'],
    variables: [],
    processors: [
      processor('a, b', ['waveform']),
      processor('c', ['a', 'b', 'waveform'], { needed: false }),
      processor('d', [], { state: 'failed' }),
    ],
  });
  const node = (id: string) => drawing.nodes.find((one) => one.id === id)!;

  it('has a node for each column and processor, from top to bottom', () => {
    expect(drawing.nodes).toHaveLength(4);
    expect(node(columnId('waveform')).y).toBeLessThan(node('a, b').y);
    expect(node('a, b').y).toBeLessThan(node('c').y);
    expect(node('a, b').lines.map(({ name, isOutput }) => [name, isOutput])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect([node('c').needed, node('d').state, node('a, b').work]).toEqual([false, 'failed', 'a']);
  });

  it('has one edge between two nodes, with all variables that go along it', () => {
    expect(drawing.edges.map(({ from, to, names }) => [from, to, names])).toEqual([
      [columnId('waveform'), 'a, b', ['waveform']],
      ['a, b', 'c', ['a', 'b']],
      [columnId('waveform'), 'c', ['waveform']],
    ]);
  });

  it('lays nodes apart', () => {
    for (const a of drawing.nodes)
      for (const b of drawing.nodes)
        if (a !== b)
          expect(
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
          ).toBe(true);
  });
});
