import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { InlineExecutor, parseOptions, type RowExecutor, ThreadExecutor } from '@countroom/pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lh5Sink, lh5Source } from '../files/lh5-tables.js';
import { rawTable } from '../testing/raw-table.js';
import { rawToDsp } from './raw-to-dsp.stage.js';

const module = new URL('../../dist/files/row-threads.js', import.meta.url).href;
const config = {
  outputs: ['a_max', 'tp_max', 'wf_trap', 'number'],
  processors: {
    'tp_min, tp_max, a_min, a_max': 'dspeed.processors.min_max(waveform, tp_min, tp_max, a_min, a_max)',
    wf_trap: 'dspeed.processors.trap_norm(waveform, 4, 2, wf_trap)',
  },
};

describe('raw_to_dsp in threads', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countroom-threads-'));
    const writer = await lh5Backend.createWriter(at('raw.lh5'), { chunkRows: 7 });
    for (const path of ['ch1/raw', 'ch2/raw']) await writer.append(path, rawTable(300, 40));
    await writer.close();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function process(executor: RowExecutor, name: string): Promise<Buffer> {
    const reader = await lh5Backend.openReader(at('raw.lh5'));
    const source = lh5Source(reader);
    const plan = rawToDsp.plan(parseOptions(rawToDsp, { config }), await source.tables(8));
    const writer = await lh5Backend.createWriter(at(name));
    await executor.run(rawToDsp, plan, source, lh5Sink(writer), { blockRows: 16 });
    await writer.close();
    await reader.close();
    return readFileSync(at(name));
  }

  it('gives the same file, byte for byte, whoever does the work', async () => {
    const alone = await process(new InlineExecutor(), 'alone.lh5');
    for (const threads of [2, 4]) {
      for (const worthwhileMs of [0, 1e-9]) {
        const executor = new ThreadExecutor({ threads, module, worthwhileMs });
        const together = await process(executor, `${threads}-${worthwhileMs}.lh5`);
        expect(together.equals(alone)).toBe(true);
      }
    }
  });
});
