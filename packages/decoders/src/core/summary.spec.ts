import { describe, expect, it } from 'vitest';
import { simulateFcio } from '../fcio/fcio-simulation.js';
import { standardFormats } from '../formats.js';
import { concatenate } from '../testing/corrupt.js';
import { encodeLlamaHeader, llamaChannel } from '../testing/llama-encoder.js';
import { summarizeInput } from './summary.js';

const file = concatenate(simulateFcio({ events: 200, channels: 3, samples: 50 }));

async function* chunks(bytes = file): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield await Promise.resolve(bytes.subarray(at, at + 1000));
}

describe('summarizeInput', () => {
  it('tells streams with keys, columns, units and rows, and what the headers say', async () => {
    const summary = await summarizeInput(chunks(), standardFormats());
    expect(summary).toMatchObject({
      format: 'fcio',
      title: 'FlashCam FCIO',
      bytes: file.length,
      totalBytes: file.length,
      isWhole: true,
    });
    const events = summary.streams.find(({ decoder }) => decoder === 'FCEventDecoder');
    expect(events).toMatchObject({ table: 'FCEvent', rows: 600, estimatedRows: 600 });
    expect(events?.keys).toEqual([51_200, 51_201, 51_202].map((key) => ({ key, rows: 200 })));
    expect(events?.times?.units).toBe('s');
    expect(events!.times!.last).toBeGreaterThan(events!.times!.first);
    expect(summary.streams.find(({ decoder }) => decoder === 'FCConfigDecoder')?.times).toBeNull();
    expect(events?.columns.find(({ name }) => name === 'waveform/dt')).toMatchObject({ units: 'ns' });
    expect(summary.facts).toContainEqual({ decoder: 'FCConfigDecoder', name: 'nsamples', value: 50 });
  });

  it('estimates the rows of the whole from a part', async () => {
    const part = await summarizeInput(chunks(), standardFormats(), {
      bytes: 20_000,
      totalBytes: file.length,
    });
    const { rows = 0, estimatedRows } = part.streams.find(({ table }) => table === 'FCEvent') ?? {};
    expect(part).toMatchObject({ bytes: 20_000, isWhole: false });
    expect(rows).toBeLessThan(300);
    expect(Math.abs((estimatedRows ?? 0) - 600)).toBeLessThan(30);
    const unknown = await summarizeInput(chunks(), standardFormats(), { bytes: 20_000 });
    expect(unknown.streams[0]?.estimatedRows).toBeNull();
  });

  it('takes facts out of header structs', async () => {
    const llama = await summarizeInput(
      chunks(encodeLlamaHeader([llamaChannel({ id: 0 }), llamaChannel({ id: 4 })])),
      standardFormats(),
      { inputName: '20241218-150158Z.bin' },
    );
    expect(llama.facts.length).toBeGreaterThan(2);
    expect(llama.facts.every(({ decoder }) => decoder === 'LLAMAHeaderDecoder')).toBe(true);
  });
});
