import { describe, expect, it } from 'vitest';
import type { DecodedBatch } from '../core/decoder.js';
import { collectTables, type WholeTable } from '../testing/collect.js';
import { concatenate, damaged, randomBytes } from '../testing/corrupt.js';
import {
  encodeLong,
  encodeOrcaHeader,
  encodeShort,
  toBigEndian,
  wordBytes,
} from '../testing/orca/encode-container.js';
import { encodeRun } from '../testing/orca/encode-flashcam.js';
import { exampleHeader, exampleId, exampleShortId } from '../testing/orca/encode-header.js';
import { digitizerExample, fcioExample, flashCamExample } from '../testing/orca/orca-examples.js';
import { OrcaDecoder } from './orca-decoder.js';
import type { OrcaOptions } from './orca-record.js';

const examples = {
  'FlashCam in the older form': flashCamExample(),
  'FCIO in packets': fcioExample(),
  digitizers: digitizerExample(),
};

function decode(bytes: Uint8Array, options: OrcaOptions = {}, chunk = 1 << 20): DecodedBatch[] {
  const decoder = new OrcaDecoder(options);
  const batches: DecodedBatch[] = [];
  for (let at = 0; at < bytes.length; at += chunk) batches.push(...decoder.push(bytes.slice(at, at + chunk)));
  return [...batches, ...decoder.finish()];
}

function plain(batches: DecodedBatch[]): unknown {
  return [...collectTables(batches)]
    .map(([path, { columns }]) => [path, [...columns]] as const)
    .sort(([a], [b]) => a.localeCompare(b));
}

function rowsOf(batches: DecodedBatch[]): Record<string, number> {
  return Object.fromEntries([...collectTables(batches)].map(([path, { rows }]) => [path, rows]));
}

function column(table: WholeTable | undefined, name: string): unknown[] {
  return Array.from((table?.columns.get(name)?.data ?? []) as Iterable<unknown>);
}

describe.each(Object.entries(examples))('OrcaDecoder: %s', (_, file) => {
  it('is read without remarks', () => {
    const decoder = new OrcaDecoder();
    decoder.push(file);
    decoder.finish();
    const { clean, rows } = decoder.report();
    expect({ clean, rows: rows > 50 }).toEqual({ clean: true, rows: true });
  });

  it('gives the same whatever the chunks, and after a checkpoint', () => {
    const whole = plain(decode(file));
    for (const chunk of [1, 13, 1000]) expect(plain(decode(file, {}, chunk))).toEqual(whole);
    for (const cut of [file.length >> 1, file.length - 5]) {
      const before = new OrcaDecoder();
      const early = before.push(file.slice(0, cut));
      const { batches, checkpoint } = before.flush();
      const resume = JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint;
      const late = decode(file.slice(checkpoint.byteOffset), { resume });
      expect(plain([...early, ...batches, ...late])).toEqual(whole);
    }
  });
});

describe('OrcaDecoder', () => {
  const file = examples['FlashCam in the older form'];

  it('turns big-endian files round', () => {
    for (const name of ['FlashCam in the older form', 'digitizers'] as const)
      expect(plain(decode(toBigEndian(examples[name])))).toEqual(plain(decode(examples[name])));
  });

  it('numbers packets from the header on, also those that nobody decodes', () => {
    const run = encodeRun(33, 12, 1000, 3);
    const foreign = [
      encodeShort(exampleShortId, 5),
      encodeLong(exampleId('ORScriptDecoderForRecord'), [1, 2]),
    ];
    const bytes = concatenate([encodeOrcaHeader(exampleHeader()), run, ...foreign, run]);
    const table = collectTables(decode(bytes)).get('ORRunDecoderForRun');
    const expected = {
      packet_id: [1, 4],
      subrun_number: [3, 3],
      run_number: [12, 12],
      time: [1000, 1000],
      runstartorstop: [1, 1],
      heartbeatrecord: [0, 0],
      startsubrunrecord: [1, 1],
    };
    for (const [name, values] of Object.entries(expected)) expect(column(table, name), name).toEqual(values);
    const known = collectTables(decode(bytes, { compatibility: 'reference' })).get('ORRunDecoderForRun');
    expect(known!.columns.has('packet_id')).toBe(false);
  });

  it('hands out the header once, as JSON', () => {
    const decoder = new OrcaDecoder();
    decoder.push(file.slice(0, 100));
    expect(decoder.objects()).toEqual([]);
    decoder.push(file.slice(100));
    const [found, ...more] = decoder.objects();
    expect(found).toMatchObject({ path: 'OrcaHeader', object: { kind: 'scalar' } });
    const { value } = found!.object as { value: string };
    expect(JSON.parse(value)).toMatchObject({
      ObjectInfo: { DataChain: [{ 'Run Control': { RunNumber: 1280 } }] },
    });
    expect(more).toEqual([]);
  });

  it('goes on behind bytes that are no packet', () => {
    const whole = rowsOf(decode(file));
    const at = file.length - 2000;
    const noise = randomBytes(41, 5);
    const decoder = new OrcaDecoder({ keepGarbage: true });
    const broken = concatenate([file.subarray(0, at), noise, file.subarray(at)]);
    const batches = [...decoder.push(broken), ...decoder.finish()];
    const { garbageBytes, garbageCount } = decoder.report();
    expect(garbageCount).toBe(1);
    expect(garbageBytes).toBeLessThan(noise.length + 200);
    const rows = rowsOf(batches);
    expect(rows['ORFlashCamWaveform_1']! + rows['ORFlashCamADCWaveform_0']!).toBeGreaterThanOrEqual(
      whole['ORFlashCamWaveform_1']! + whole['ORFlashCamADCWaveform_0']! - 2,
    );
    const garbage = collectTables(batches).get('OrcaGarbage')!;
    expect(column(garbage, 'packets').length).toBe(garbageBytes);
  });

  it('reports a cut end', () => {
    const decoder = new OrcaDecoder();
    decoder.push(file.subarray(0, file.length - 6));
    decoder.finish();
    expect(decoder.report()).toMatchObject({
      garbageCount: 0,
      truncatedEnd: { offset: file.length - 16, length: 10 },
    });
  });

  it('does not wait for a length that cannot be', () => {
    const endless = wordBytes([exampleId('ORFCIOEventDecoder'), 0xffffffff, 1, -3]);
    const decoder = new OrcaDecoder();
    const header = encodeOrcaHeader(exampleHeader());
    const run = encodeRun(1, 2, 3);
    const batches = [...decoder.push(concatenate([header, endless, run, run])), ...decoder.finish()];
    expect(rowsOf(batches)).toEqual({ ORRunDecoderForRun: 2 });
    expect(decoder.report().garbage).toMatchObject([{ length: 16, reason: 'impossible length of a packet' }]);
  });

  it('makes nothing of a file without header', () => {
    const decoder = new OrcaDecoder();
    const batches = [...decoder.push(file.slice(8)), ...decoder.finish()];
    expect(batches).toEqual([]);
    expect(decoder.report().garbage).toMatchObject([{ offset: 0, length: file.length - 8 }]);
  });

  it('says what is wrong with a header', () => {
    const text = '<?xml version="1.0"?><plist><dict><key>a</key></dict></plist>'.padEnd(64);
    const bytes = concatenate([
      wordBytes([2 + text.length / 4, text.length]),
      new TextEncoder().encode(text),
    ]);
    const decoder = new OrcaDecoder();
    decoder.push(bytes);
    decoder.finish();
    expect(decoder.report().anomalies).toMatchObject([{ kind: 'bad-configuration' }]);
  });

  it('stops at limits, and sends keys where the output specification says', () => {
    const outSpec = {
      ORFlashCamADCWaveformDecoder: { 'ch{key:07d}': { key_list: [[1028800, 1028801] as const] } },
      ORRunDecoderForRun: { run: { key_list: ['*'] } },
    };
    expect(rowsOf(decode(file, { outSpec }))).toEqual({ run: 3, ch1028800: 12, ch1028801: 12 });
    expect(rowsOf(decode(file, { outSpec, limits: { rows: 5 } }))).toEqual({
      run: 1,
      ch1028800: 2,
      ch1028801: 2,
    });
    expect(rowsOf(decode(file, { outSpec, limits: { packets: 4 } }))).toEqual({ run: 1, ch1028800: 1 });
  });

  it('finds damage of any kind in the length of a packet', () => {
    for (const at of [0, 1, 2]) {
      const header = new DataView(file.buffer).getUint32(0, true) * 4;
      const decoder = new OrcaDecoder();
      decoder.push(damaged(file, 'flip', header + at, 1, 3));
      decoder.finish();
      const { rows, clean } = decoder.report();
      expect(clean).toBe(false);
      expect(rows).toBeGreaterThan(80);
    }
  });

  it('takes over a second header, of files that were joined', () => {
    const decoder = new OrcaDecoder();
    const joined = concatenate([file, examples.digitizers]);
    const rows = rowsOf([...decoder.push(joined), ...decoder.finish()]);
    expect(rows['ORSIS3316Waveform']).toBe(20);
    expect(decoder.objects().length).toBe(1);
  });
});
