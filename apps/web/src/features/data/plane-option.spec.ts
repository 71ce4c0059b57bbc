import type { PlaneHistogram } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { cellAt, cellsOf, colorOf, edgesOf } from './plane-option';

const plane: PlaneHistogram = {
  path: 'hit',
  x: { column: 'energy', units: 'keV', min: 0, max: 20 },
  y: { column: 'AoE', units: null, min: -1, max: 1 },
  bins: 2,
  entries: 9,
  outside: 0,
  nan: 0,
  counts: [1, 0, 0, 8],
};

describe('a histogram over two columns', () => {
  it('draws only cells that hold something, those of the lowest y first', () => {
    expect(cellsOf(plane)).toEqual([
      { x: 0, y: 0, counts: 1 },
      { x: 1, y: 1, counts: 8 },
    ]);
    expect(edgesOf(plane.y, 2, 1)).toEqual([0, 1]);
  });

  it('finds the cell under the cursor, with the upper edge in the last one', () => {
    expect(cellAt(plane, 3, -0.5)).toEqual({ x: 0, y: 0, counts: 1 });
    expect(cellAt(plane, 20, 1)).toEqual({ x: 1, y: 1, counts: 8 });
    expect(cellAt(plane, 20.1, 0)).toBeNull();
  });

  const heat = ['#000000', '#808080', '#ffffff'];
  it('goes from the first colour at 1 to the last at the most', () => {
    expect(colorOf(1, 8, { heat, logarithmic: false })).toBe('#000000');
    expect(colorOf(8, 8, { heat, logarithmic: true })).toBe('#ffffff');
    expect(colorOf(1, 1, { heat, logarithmic: true })).toBe('#ffffff');
    expect(colorOf(10, 100, { heat, logarithmic: true })).toBe('#808080');
    expect(colorOf(50.5, 100, { heat, logarithmic: false })).toBe('#808080');
  });
});
