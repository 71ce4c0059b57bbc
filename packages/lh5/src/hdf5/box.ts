/** A box of elements: along each axis the first one and how many. */
export interface Box {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

/** Elements of a box. */
export function elementsOf(count: readonly number[]): number {
  return count.reduce((total, extent) => total * extent, 1);
}

/** Whether a box takes everything along all axes but the first. */
export function isWholeRows({ start, count }: Box, shape: readonly number[]): boolean {
  return shape.every((extent, axis) => axis === 0 || (start[axis] === 0 && count[axis] === extent));
}

/** Bytes of the elements of a box, row-major. */
export interface BoxBytes extends Box {
  readonly bytes: Uint8Array;
}

/** Copies the elements that two boxes have in common from one to the other. */
export function copyCommon(from: BoxBytes, to: BoxBytes, elementBytes: number): void {
  const last = to.start.length - 1;
  const copyAxis = (axis: number, source: number, target: number): void => {
    const first = Math.max(from.start[axis]!, to.start[axis]!);
    const end = Math.min(from.start[axis]! + from.count[axis]!, to.start[axis]! + to.count[axis]!);
    const sourceAt = source * from.count[axis]! + (first - from.start[axis]!);
    const targetAt = target * to.count[axis]! + (first - to.start[axis]!);
    if (end <= first) return;
    if (axis === last) {
      const elements = from.bytes.subarray(sourceAt * elementBytes, (sourceAt + end - first) * elementBytes);
      to.bytes.set(elements, targetAt * elementBytes);
      return;
    }
    for (let k = 0; k < end - first; k += 1) copyAxis(axis + 1, sourceAt + k, targetAt + k);
  };
  copyAxis(0, 0, 0);
}

/**
 * The lines of a box along the last axis: where each begins, counted in elements of the whole (`at`) and of the box
 * (`target`).
 */
export function* linesOf(
  { start, count }: Box,
  shape: readonly number[],
): Generator<{ readonly at: number; readonly target: number }> {
  const width = count.at(-1) ?? 1;
  const lines = width === 0 ? 0 : elementsOf(count) / width;
  for (let line = 0; line < lines; line += 1) {
    let rest = line;
    let at = start.at(-1) ?? 0;
    let stride = shape.at(-1) ?? 1;
    for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
      at += ((rest % count[axis]!) + start[axis]!) * stride;
      rest = Math.floor(rest / count[axis]!);
      stride *= shape[axis]!;
    }
    yield { at, target: line * width };
  }
}
