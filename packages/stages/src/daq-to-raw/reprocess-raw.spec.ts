import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateFcio } from '@countroom/decoders';
import { concatenate } from '@countroom/decoders/testing';
import { openReader } from '@countroom/lh5';
import { parseOptions } from '@countroom/pipeline';
import { afterAll, describe, expect, it } from 'vitest';
import { runByteStage } from '../files/run-byte-stage.js';
import { daqToRaw } from './daq-to-raw.stage.js';
import { reprocessRaw } from './reprocess-raw.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-reprocess-'));
const at = (name: string): string => join(folder, name);
writeFileSync(at('run.fcio'), concatenate(simulateFcio({ events: 30, channels: 3, samples: 100, seed: 5 })));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const group = (proc_spec?: object) => ({
  FCEventDecoder: {
    'ch{key:07d}': { key_list: [[51_200, 51_201]], out_name: '{name}/raw', ...(proc_spec && { proc_spec }) },
    rest: { key_list: ['*'], out_name: 'others' },
  },
  '*': { '{name}': { key_list: ['*'] } },
});
const procSpec = {
  window: ['waveform', 10, -10, 'waveform_windowed'],
  dtype_conv: { baseline: 'float32' },
  drop: ['waveform'],
  compression: { 'waveform_windowed/values': 'RadwareSigcompress(codec_shift=-32768)' },
  hdf5_settings: { baseline: { compression: null } },
};

async function convert(name: string, outSpec: unknown): Promise<void> {
  const config = parseOptions(daqToRaw, { outSpec });
  await runByteStage(daqToRaw, config, { input: at('run.fcio'), output: at(name) }, {}, {});
}

describe('reprocessRaw', () => {
  it('makes of a raw file what the conversion would have made of the recording', async () => {
    await convert('plain.lh5', group());
    await convert('direct.lh5', group(procSpec));
    const result = await reprocessRaw({
      input: at('plain.lh5'),
      output: at('again.lh5'),
      outSpec: group(procSpec),
    });
    expect(result.tables.filter(({ processed }) => processed).map(({ path }) => path)).toContain(
      'ch0051200/raw',
    );
    const [direct, again] = [await openReader(at('direct.lh5')), await openReader(at('again.lh5'))];
    expect((await again.tree()).datatype).toBe((await direct.tree()).datatype);
    for (const path of ['ch0051200/raw', 'ch0051201/raw', 'others', 'FCConfig'])
      expect({ path, read: await again.read(path) }).toEqual({ path, read: await direct.read(path) });
    const codec = async (reader: typeof direct): Promise<unknown> =>
      (await reader.tree('ch0051200/raw/waveform_windowed/values')).attrs['codec'];
    expect(await codec(again)).toBe('radware_sigcompress');
    await direct.close();
    await again.close();
  });

  it('leaves nothing behind when it fails', async () => {
    const faulty = group({ window: ['waveform', 10] });
    await expect(
      reprocessRaw({ input: at('plain.lh5'), output: at('faulty.lh5'), outSpec: faulty }),
    ).rejects.toThrow('proc_spec.window');
    expect(existsSync(at('faulty.lh5'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    await expect(
      reprocessRaw({ input: at('plain.lh5'), output: at('again.lh5'), outSpec: group() }),
    ).rejects.toThrow('is there already');
  });
});
