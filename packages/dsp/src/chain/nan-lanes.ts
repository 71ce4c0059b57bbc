import { type DataArray, isBigDtype } from '@countroom/records';
import type { Memory } from './operation.js';
import { lanes, sizeOf, type View } from './storage.js';

/** Bits of the lanes of one tile in which samples start … of a view are NaN. */
export function scanLanes(data: DataArray, from: number, step: number, count: number): number {
  let bits = 0;
  for (let lane = 0; lane < lanes; lane += 1) {
    for (let i = 0; i < count; i += 1) {
      const value = data[from + i * step * lanes + lane];
      if (typeof value === 'number' && Number.isNaN(value)) {
        bits |= 1 << lane;
        break;
      }
    }
  }
  return bits;
}

/**
 * How to find the lanes of a tile in which a view holds a NaN: numbers are looked at, arrays have it noted with
 * their storage, and only a part of an array that is noted has to be looked through.
 */
export function nanFinder(memory: Memory, view: View): (tile: number) => number {
  const { storage } = view;
  const { dtype } = storage;
  if (isBigDtype(dtype) || !dtype.startsWith('float')) return () => 0;
  const data = memory.array(storage);
  const stride = memory.tileStride(storage);
  const count = sizeOf(view.shape);
  const from = view.start * lanes;
  const scan = (tile: number) => scanLanes(data, tile * stride + from, view.step, count);
  if (storage.constant !== undefined) {
    const fixed = scan(0);
    return () => fixed;
  }
  if (storage.length === 1) return scan;
  const noted = memory.nanLanes(storage);
  const isWhole = count === storage.length;
  return (tile) => {
    const bits = noted[tile]!;
    return bits === 0 || isWhole ? bits : scan(tile);
  };
}
