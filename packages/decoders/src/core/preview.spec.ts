import { describe, expect, it } from 'vitest';
import { simulateFcio } from '../fcio/fcio-simulation.js';
import { standardFormats } from '../formats.js';
import { concatenate } from '../testing/corrupt.js';
import { previewInput } from './preview.js';

const file = concatenate(simulateFcio({ events: 200, channels: 3, samples: 50 }));

async function* chunks(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 1000) yield await Promise.resolve(file.subarray(at, at + 1000));
}

describe('previewInput', () => {
  it('tells the tables of the whole input, with keys and columns', async () => {
    const preview = await previewInput(chunks(), standardFormats(), {});
    expect(preview).toMatchObject({ format: 'fcio', title: 'FlashCam FCIO', isWhole: true, unclaimed: {} });
    expect(preview.tables.map(({ path, rows, keys }) => [path, rows, keys.length])).toEqual([
      ['FCConfig', 1, 1],
      ['FCEvent', 600, 3],
    ]);
    expect(preview.tables[1]!.columns.at(-1)).toMatchObject({ name: 'waveform/values', shape: [50] });
  });

  it('tells what an output specification makes of it, and what it leaves out', async () => {
    const proc_spec = { window: ['waveform', 10, -10, 'w'], drop: ['waveform'] };
    const outSpec = {
      FCEventDecoder: { 'ch{key}': { key_list: [51_200], out_stream: 'a.lh5:/x', proc_spec } },
    };
    const { tables, unclaimed } = await previewInput(chunks(), standardFormats(), { outSpec });
    expect(tables).toMatchObject([{ stream: 'a.lh5', path: 'x/ch51200', keys: [51_200] }]);
    expect(tables[0]!.columns.at(-1)).toMatchObject({ name: 'w/values', shape: [30] });
    expect(unclaimed).toEqual({ FCEventDecoder: [51_201, 51_202] });
  });

  it('looks at the first part only', async () => {
    const { tables, isWhole } = await previewInput(chunks(), standardFormats(), { bytes: 5000 });
    expect(isWhole).toBe(false);
    expect(tables.find(({ path }) => path === 'FCEvent')!.rows).toBeLessThan(60);
  });

  it('fails as the conversion would', async () => {
    const outSpec = { FCEventDecoder: { g: { key_list: ['*'], out_stream: '{nope}' } } };
    await expect(previewInput(chunks(), standardFormats(), { outSpec })).rejects.toThrow(
      /'nope' is not defined/,
    );
  });
});
