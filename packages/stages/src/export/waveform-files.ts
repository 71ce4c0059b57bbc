import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type RawWaveformsHead, rawWaveformsHead, rawWaveformsRecord } from '@countroom/pulses';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { tarEnd, tarEntry } from './tar-entry.js';

/** Takes records, one after the other, and makes a file of them that appears when it is complete. */
export interface WaveformFileWriter {
  /** Volts per channel; all of one length. */
  append(number: bigint, volts: readonly Float64Array[]): void;
  close(): void;
  /** Leaves nothing behind. */
  abort(): void;
}

/** Text file of raw waveforms of picoCosmo; `decimals` undefined keeps every bit of a float32. */
export function waveformText(
  path: string,
  head: RawWaveformsHead,
  decimals: number | undefined,
): WaveformFileWriter {
  const file = openFile(path);
  file.write(Buffer.from(rawWaveformsHead(head)));
  return {
    append: (_, volts) => file.write(Buffer.from(rawWaveformsRecord(volts, decimals))),
    close: () => file.close(),
    abort: () => file.abort(),
  };
}

/** Archive of mimoCoRB: a Parquet file per record, a column per channel, its samples in mV as float32. */
export function waveformArchive(
  path: string,
  channels: readonly string[],
  modifiedS: number,
): WaveformFileWriter {
  const file = openFile(path);
  return {
    append: (number, volts) =>
      file.write(tarEntry(`record_${number}.parquet`, parquetOf(channels, volts), modifiedS)),
    close: () => {
      file.write(tarEnd);
      file.close();
    },
    abort: () => file.abort(),
  };
}

function parquetOf(channels: readonly string[], volts: readonly Float64Array[]): Uint8Array {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: channels.length },
      ...channels.map((name) => ({ name, type: 'FLOAT' as const, repetition_type: 'REQUIRED' as const })),
    ],
    createdBy: 'countroom',
  });
  const data = volts.map((record) => Array.from(record, (value) => Math.fround(1000 * value)));
  void writer.write({
    columnData: channels.map((name, i) => ({ name, data: data[i] ?? [] })),
    rowGroupSize: Math.max(1, volts[0]?.length ?? 0),
  });
  void writer.finish();
  return new Uint8Array(bytes.buffer, 0, bytes.index);
}

interface NewFile {
  write(bytes: Uint8Array): void;
  close(): void;
  abort(): void;
}

function openFile(path: string): NewFile {
  const temporary = `${path}.${process.pid}.new`;
  const descriptor = openSync(temporary, 'w');
  return {
    write: (bytes) => {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    },
    close: () => {
      closeSync(descriptor);
      renameSync(temporary, path);
    },
    abort: () => {
      closeSync(descriptor);
      rmSync(temporary, { force: true });
    },
  };
}
