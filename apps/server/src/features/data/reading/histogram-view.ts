import type { ColumnHistogram } from '@countroom/contracts';
import { columnHistogram, type Lh5Reader } from '@countroom/lh5';
import { passingRows, tableAround } from './cut.js';
import { unitsOfNode } from './node-facts.js';
import type { Readings } from './readings.js';

export async function histogramView(
  reader: Lh5Reader,
  ask: Readings['histogram']['ask'],
): Promise<ColumnHistogram> {
  const { path, bins, min, max } = ask;
  const node = await reader.tree(path, { depth: 1 });
  const indices =
    ask.cut === undefined ? undefined : await passingRows(reader, await tableAround(reader, path), ask.cut);
  const made = await columnHistogram(reader, path, {
    bins,
    ...(indices === undefined ? {} : { indices }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  });
  return {
    path: node.path,
    units: unitsOfNode(node),
    entries: made.entries,
    nan: made.undefinedValues,
    underflow: made.below,
    overflow: made.above,
    min: made.min,
    max: made.max,
    bins,
    counts: [...made.counts],
    mean: made.mean,
    stdev: made.stdev,
  };
}
