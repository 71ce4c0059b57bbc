import type { DecodedBatch, FormatDefinition } from '@countroom/decoders';
import { scalarColumn, type TableSchema } from '@countroom/records';
import { readSettings, type Settings } from '../../pico-scope/import/read-settings.js';
import { batchOf, TextRecording } from './line-table.js';

/** First line of the files of raw waveforms that picoCosmo writes. */
const firstLine = '--- #raw waveforms';
/** Rate at which records without a time are replayed, Hz. */
const recordHz = 10;

function schemaOf(channel: number, samples: number): TableSchema {
  return {
    name: `ch${String(channel).padStart(7, '0')}/raw`,
    columns: [
      scalarColumn('eventnumber', 'int64', { description: 'number of the record in the file, from 1' }),
      scalarColumn('channel', 'uint32', { description: 'number of the input: A is 0' }),
      scalarColumn('timestamp', 'float64', {
        units: 's',
        description: 'made up: the file has no times; ten records a second',
      }),
      scalarColumn('waveform/t0', 'float32', { units: 'ns' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
      { name: 'waveform/values', dtype: 'float32', shape: [samples], variableLength: false, units: 'V' },
    ],
  };
}

/**
 * Files of raw waveforms of picoCosmo: a YAML document with the scope (`OscConf`), the pulse filter (`pFConf`), and
 * under `data` one list of voltages per channel and record. They are read without holding the file in memory. Records
 * of another length or number of channels than the first are passed over and reported.
 */
class RawWaveforms extends TextRecording {
  readonly format = 'picocosmo-raw';
  private scope: Settings | undefined;
  private text = '';
  private place = 0;
  private depth = 0;
  private begin = 0;
  private length: number | undefined;

  protected take(text: string): DecodedBatch[] {
    this.text += text;
    if (this.scope === undefined && !this.readHead()) return [];
    const items = this.completeItems();
    return items.flatMap((item) => this.rowsOf(item));
  }

  protected end(): DecodedBatch[] {
    if (this.depth > 0 || this.scope === undefined) this.pass(this.text, 'the file ends within a record');
    return [];
  }

  /** Everything before `data:` is read as YAML; true when that is complete. */
  private readHead(): boolean {
    const found = /^data:[^\S\n]*\n?/m.exec(this.text);
    if (found === null) return false;
    const head = readSettings(this.text.slice(0, found.index), 'head of the recording');
    this.scope = (head['OscConf'] ?? {}) as Settings;
    this.text = this.text.slice(found.index + found[0].length);
    return true;
  }

  private completeItems(): string[] {
    const items: string[] = [];
    const { text } = this;
    for (; this.place < text.length; this.place++) {
      const code = text.charCodeAt(this.place);
      if (code === 91) {
        if (this.depth === 0) this.begin = this.place;
        this.depth += 1;
      } else if (code === 93 && this.depth > 0) {
        this.depth -= 1;
        if (this.depth === 0) items.push(text.slice(this.begin, this.place + 1));
      }
    }
    const keep = this.depth > 0 ? this.begin : this.place;
    this.text = text.slice(keep);
    this.place -= keep;
    this.begin = 0;
    return items;
  }

  private rowsOf(item: string): DecodedBatch[] {
    const waves = item
      .slice(1, -1)
      .split(']')
      .map((part) => part.slice(part.indexOf('[') + 1).trim())
      .filter((part) => part !== '')
      .map((part) => Float32Array.from(part.split(','), Number));
    this.length ??= waves[0]?.length;
    const names = this.scope?.['Channels'];
    const letters = Array.isArray(names) ? names.map(String) : [];
    if (waves.length === 0 || waves.some((wave) => wave.length !== this.length || wave.some(Number.isNaN))) {
      this.pass(item, 'a record of another form than the first');
      return [];
    }
    this.records += 1;
    const dtNs = Number(this.scope?.['TSampling'] ?? 1e-9) * 1e9;
    const preSamples = Math.trunc(Number(this.scope?.['pretrig'] ?? 0) * this.length!);
    return waves.map((wave, place) => {
      const channel = Math.max(0, 'ABCDEFGH'.indexOf(letters[place] ?? 'ABCDEFGH'.charAt(place)));
      const row = [BigInt(this.records), channel, this.records / recordHz, -preSamples * dtNs, dtNs, wave];
      return this.decoded(batchOf(schemaOf(channel, wave.length), [row]));
    });
  }

  private pass(text: string, reason: string): void {
    this.bad.push({ offset: 0, length: text.length, reason });
  }
}

/** Format of picoCosmo's raw waveforms. */
export const rawWaveformsFormat: FormatDefinition = {
  name: 'picocosmo-raw',
  title: 'picoCosmo raw waveforms (YAML)',
  decoders: ['picocosmo-raw'],
  detect: (first) => Buffer.from(first.subarray(0, firstLine.length)).toString('latin1') === firstLine,
  open: () => new RawWaveforms(),
};
