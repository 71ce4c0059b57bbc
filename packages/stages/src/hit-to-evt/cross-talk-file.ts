import type { CrossTalk } from '@countroom/events';
import { type Lh5Reader, lh5Backend } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import type { NdArray } from '@countroom/records';

/**
 * Cross-talk matrices of an LH5 file: `rawid_index` (keys of channels), `xtalk_matrix_negative` and
 * `xtalk_matrix_positive` (a row and column per channel, NaN: none) below a group. Throws a StageError for what is missing
 * or does not fit together, and what reading throws.
 */
export async function readCrossTalk(file: string, group = 'xtc'): Promise<CrossTalk> {
  const reader = await lh5Backend.openReader(file);
  try {
    const channels = Array.from((await arrayOf(reader, `${group}/rawid_index`)).data as Float64Array, Number);
    return {
      channels,
      negative: await matrixOf(reader, `${group}/xtalk_matrix_negative`, channels.length),
      positive: await matrixOf(reader, `${group}/xtalk_matrix_positive`, channels.length),
    };
  } finally {
    await reader.close();
  }
}

async function matrixOf(reader: Lh5Reader, path: string, size: number): Promise<(number | null)[][]> {
  const { data, shape } = await arrayOf(reader, path);
  if (shape.length !== 2 || shape.some((extent) => extent !== size))
    throw fault(
      reader,
      `${path} is ${shape.join(' × ')}, and must have a row and a column for each of ${size} channels`,
    );
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => {
      const share = Number(data[row * size + column]);
      return Number.isFinite(share) ? share : null;
    }),
  );
}

async function arrayOf(reader: Lh5Reader, path: string): Promise<NdArray> {
  if (!(await reader.has(path))) throw fault(reader, `there is no ${path}`);
  const found = await reader.read(path);
  if (found.kind !== 'array')
    throw fault(reader, `${path} is a ${found.kind}, and must be an array of numbers`);
  return found;
}

function fault(reader: Lh5Reader, what: string): StageError {
  return new StageError('hit_to_evt', `${reader.file} holds no cross-talk matrices: ${what}`, [
    { path: 'crossTalk', message: what },
  ]);
}
