import { openReader } from '@countroom/lh5';
import type { RowKernel, RowTask, TableSource } from '@countroom/pipeline';
import { lh5Source } from './lh5-tables.js';

/** What threads of row stages load (see RowThreadModule): nothing but what the work of one stage needs. */
export async function kernelOf(stage: string, task: RowTask): Promise<RowKernel> {
  if (stage === 'raw_to_dsp') return (await import('../raw-to-dsp/chain-kernel.js')).chainKernel(task);
  const { stages } = await import('../registry.js');
  const found = stages.get(stage);
  if (found.work !== 'rows') throw new TypeError(`${stage} does not work on rows`);
  return found.kernel(task);
}

/** Opens an LH5 file again that another thread has open. Throws an Lh5Error. */
export async function openSource(elsewhere: unknown): Promise<TableSource> {
  return lh5Source(await openReader(String(elsewhere)));
}
