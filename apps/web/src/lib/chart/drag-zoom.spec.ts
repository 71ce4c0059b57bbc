import { describe, expect, it } from 'vitest';
import { draggedRange } from './drag-zoom';

const toValue = (pixel: number): number => pixel * 10;

describe('draggedRange', () => {
  it('is in order whichever way was dragged', () => {
    expect(draggedRange(10, 50, toValue)).toEqual([100, 500]);
    expect(draggedRange(50, 10, toValue)).toEqual([100, 500]);
  });

  it('is nothing for a click with an unsteady hand', () => {
    expect(draggedRange(10, 14, toValue)).toBeNull();
  });
});
