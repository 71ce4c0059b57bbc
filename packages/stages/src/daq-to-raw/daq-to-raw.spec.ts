import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateFcio } from '@countroom/decoders';
import { concatenate, encodeLlamaHeader, llamaChannel } from '@countroom/decoders/testing';
import { lh5Backend } from '@countroom/lh5';
import { parseOptions } from '@countroom/pipeline';
import type { NdArray } from '@countroom/records';
import { afterAll, describe, expect, it } from 'vitest';
import { fileInput } from '../files/read-chunks.js';
import { runByteStage } from '../files/run-byte-stage.js';
import { daqToRaw } from './daq-to-raw.stage.js';
import { previewDaqToRaw } from './preview.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-daq-'));
const at = (name: string): string => join(folder, name);
const recording = concatenate(simulateFcio({ events: 20, channels: 2, samples: 64, seed: 3 }));
writeFileSync(at('run.fcio'), recording);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function convert(name: string, options: unknown, input = 'run.fcio') {
  const logs: string[] = [];
  const result = await runByteStage(
    daqToRaw,
    parseOptions(daqToRaw, options),
    { input: at(input), output: at(`${name}.lh5`), naming: at },
    {},
    { onLog: (_, text) => logs.push(text) },
  );
  return { ...result, logs };
}

async function read(file: string, path: string): Promise<NdArray> {
  const reader = await lh5Backend.openReader(at(file));
  try {
    return (await reader.read(path)) as NdArray;
  } finally {
    await reader.close();
  }
}

describe('daq_to_raw', () => {
  it('writes the files that the output specification names, and no empty one', async () => {
    const group = (file: string, key: number) => ({
      [`ch${key}`]: { key_list: [key], out_stream: `${file}:/geds` },
    });
    const outSpec = { FCEventDecoder: { ...group('one.lh5', 51_200), ...group('two.lh5', 51_201) } };
    const { tables } = await convert('main', { outSpec });
    expect(tables).toEqual([
      { path: 'geds/ch51200', rows: 20, file: 'one.lh5' },
      { path: 'geds/ch51201', rows: 20, file: 'two.lh5' },
    ]);
    expect(existsSync(at('main.lh5'))).toBe(false);
    expect((await read('two.lh5', 'geds/ch51201/channel')).data).toEqual(new Uint16Array(20).fill(1));
  });

  it('leaves no file behind when it fails', async () => {
    const proc_spec = { compression: { 'waveform/values': 'LZMA()' } };
    const outSpec = { FCEventDecoder: { a: { key_list: ['*'], out_stream: 'bad.lh5', proc_spec } } };
    await expect(convert('failed', { outSpec })).rejects.toThrow(/there is no codec "LZMA\(\)"/);
    expect([existsSync(at('bad.lh5')), existsSync(at('failed.lh5'))]).toEqual([false, false]);
  });

  it('sums samples up before it writes them', async () => {
    const presum = {
      function: 'presum',
      module: 'dspeed.processors',
      args: [
        'waveform',
        0,
        'presum_rate',
        "waveform_presummed(shape=len(waveform)/8, period=waveform.period*8, offset=waveform.offset, dtype='uint16')",
      ],
      unit: ['', 'ADC'],
    };
    const proc_spec = {
      window: ['waveform', 16, -16, 'waveform_windowed'],
      dsp_config: {
        outputs: ['presum_rate', 'waveform_presummed'],
        processors: { 'presum_rate, waveform_presummed': presum },
      },
      dtype_conv: { presum_rate: 'uint16', 'waveform_presummed/values': 'uint16' },
      drop: ['waveform'],
      compression: { 'waveform_windowed/values': 'RadwareSigcompress(codec_shift=-32768)' },
      hdf5_settings: { baseline: { compression: null }, nothing: { compression: 'lzf' } },
    };
    const outSpec = { FCEventDecoder: { 'ch{key}': { key_list: ['*'], out_name: '{name}/raw', proc_spec } } };
    const { logs } = await convert('presummed', { outSpec });
    await convert('plain', {});
    const whole = await read('plain.lh5', 'FCEvent/waveform/values');
    const summed = await read('presummed.lh5', 'ch51201/raw/waveform_presummed/values');
    const windowed = await read('presummed.lh5', 'ch51201/raw/waveform_windowed/values');
    const first = Array.from(whole.data.subarray(64, 128), Number);
    expect(summed.shape).toEqual([20, 8]);
    expect(Number(summed.data[0])).toBe(first.slice(0, 8).reduce((a, b) => a + b, 0));
    expect(Array.from(windowed.data.subarray(0, 32), Number)).toEqual(first.slice(16, 48));
    expect((await read('presummed.lh5', 'ch51201/raw/waveform_presummed/dt')).data).toEqual(
      new Float32Array(20).fill(128),
    );
    expect((await read('presummed.lh5', 'ch51201/raw/presum_rate')).data).toEqual(
      new Uint16Array(20).fill(8),
    );
    expect(logs.join()).toContain('nothing: compression "lzf" is written as deflate');
  });

  it('refuses a chain that cannot be planned, with its place', async () => {
    const dsp_config = {
      outputs: ['x'],
      processors: { x: { function: 'nope', module: 'dspeed.processors', args: [] } },
    };
    const outSpec = { FCEventDecoder: { g: { key_list: ['*'], proc_spec: { dsp_config } } } };
    await expect(convert('chain', { outSpec })).rejects.toThrow(
      /out_spec\.FCEventDecoder\.g\.proc_spec\.dsp_config/,
    );
  });

  it('reports checksums of the input and of the columns', async () => {
    const { report } = await convert('sums', { checksums: true });
    const { data } = await read('sums.lh5', 'FCEvent/timestamp');
    const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    expect(report).toMatchObject({
      input: { name: 'run.fcio', bytes: recording.length, sha256: sha256(recording) },
      checksums: {
        FCEvent: {
          rows: 40,
          columns: { timestamp: sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) },
        },
      },
    });
    const early = await convert('early', { checksums: true, nMax: 3 });
    expect(early.report).toMatchObject({ checksums: { FCEvent: { rows: 3 } }, input: { sha256: null } });
  });

  it('writes header structs', async () => {
    writeFileSync(at('empty.bin'), encodeLlamaHeader([llamaChannel({ id: 3 })]));
    await convert('header', { utcOffsetMinutes: 0 }, 'empty.bin');
    const reader = await lh5Backend.openReader(at('header.lh5'));
    expect(await reader.read('LLAMAHeader/number_chOpen')).toMatchObject({ value: 1 });
    await reader.close();
  });

  it('keeps what cannot be decoded', async () => {
    const middle = recording.length >> 1;
    writeFileSync(
      at('damaged.fcio'),
      concatenate([recording.subarray(0, middle), new Uint8Array(99), recording.subarray(middle)]),
    );
    const { tables } = await convert('garbage', {}, 'damaged.fcio');
    expect(tables.map(({ path }) => path)).toContain('FCGarbage');
    const without = await convert('tidy', { keepGarbage: false }, 'damaged.fcio');
    expect(without.tables.map(({ path }) => path)).not.toContain('FCGarbage');
  });

  it('says what there is when nothing of it is asked for', async () => {
    const outSpec = { FCEventDecoder: { g: { key_list: [5] } } };
    const { logs } = await convert('nothing', { outSpec });
    expect(logs.join()).toContain(
      'asks for nothing that the recording has: FCEventDecoder with keys 51200, 51201',
    );
  });

  it('previews what it would make', async () => {
    const outSpec = { FCEventDecoder: { 'ch{key}': { key_list: ['*'], proc_spec: { drop: ['waveform'] } } } };
    const { tables } = await previewDaqToRaw({ outSpec }, await fileInput(at('run.fcio')));
    expect(tables.map(({ path, rows }) => [path, rows])).toEqual([
      ['ch51200', 20],
      ['ch51201', 20],
    ]);
    expect(tables[0]!.columns.some(({ name }) => name.startsWith('waveform'))).toBe(false);
    const dsp_config = { outputs: ['x'], processors: { x: { function: 'nope', module: 'm', args: [] } } };
    const faulty = { outSpec: { FCEventDecoder: { g: { key_list: ['*'], proc_spec: { dsp_config } } } } };
    await expect(previewDaqToRaw(faulty, await fileInput(at('run.fcio')))).rejects.toThrow(
      /daq_to_raw: .*dsp_config/,
    );
  });
});
