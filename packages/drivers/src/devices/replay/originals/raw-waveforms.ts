import type { DecodedBatch, FormatDefinition } from '@countroom/decoders';
import { scalarColumn, type TableSchema } from '@countroom/records';
import { readSettings, type Settings, SettingsError } from '../../pico-scope/import/read-settings.js';
import { batchOf, eventTimes, type RecordedTrigger, TextRecording, timeColumns } from './line-table.js';

/** First line of the files of raw waveforms that picoCosmo writes. */
const firstLine = '--- #raw waveforms';
/** Rate at which records without a time are replayed, Hz. */
const recordHz = 10;
/** Longest head, and longest record, in characters: what is longer is none. */
const longestHead = 1_000_000;
const longestRecord = 64_000_000;
const inputs = 'ABCDEFGH';

function schemaOf(channel: number, label: string, samples: number): TableSchema {
  return {
    name: `ch${String(channel).padStart(7, '0')}/raw`,
    columns: [
      scalarColumn('eventnumber', 'int64', { description: 'number of the record in the file, from 1' }),
      scalarColumn('channel', 'uint32', { description: 'number of the input: A is 0' }),
      ...timeColumns('made up: the file has no times; ten records a second'),
      scalarColumn('waveform/t0', 'float32', { units: 'ns' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
      {
        name: 'waveform/values',
        dtype: 'float32',
        shape: [samples],
        variableLength: false,
        units: 'V',
        description: label,
      },
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
  private count = 0;

  override get trigger(): RecordedTrigger | undefined {
    const { trgChan, trgThr, trgTyp, trgActive } = this.scope ?? {};
    if (typeof trgChan !== 'string' || trgActive === false) return undefined;
    return {
      channel: trgChan,
      ...(typeof trgThr === 'number' ? { levelVolts: trgThr } : {}),
      ...(typeof trgTyp === 'string' ? { direction: trgTyp.toLowerCase() } : {}),
    };
  }

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
    if (found === null) {
      if (this.text.length > longestHead)
        throw new SettingsError('head of the recording holds no data within a million characters');
      return false;
    }
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
    if (this.depth > 0 && this.place - this.begin > longestRecord) {
      this.pass(text.slice(this.begin), 'a record without end');
      this.depth = 0;
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
      .map((part) => Float32Array.from(part.split(','), numberIn));
    const names = this.scope?.['Channels'];
    const letters = Array.isArray(names) ? names.map(String) : [];
    const length = this.length ?? waves[0]?.length;
    const same = this.records === 0 ? waves.length > 0 : waves.length === this.count;
    if (!same || waves.some((wave) => wave.length !== length || wave.some(Number.isNaN))) {
      this.pass(item, 'a record of another form than the first');
      return [];
    }
    [this.length, this.count] = [length, waves.length];
    this.records += 1;
    const dtNs = Number(this.scope?.['TSampling'] ?? 1e-9) * 1e9;
    const preSamples = Math.trunc(Number(this.scope?.['pretrig'] ?? 0) * this.length!);
    return waves.map((wave, place) => {
      const label = letters[place] ?? inputs.charAt(place);
      const known = label.length === 1 && letters.indexOf(label) === place ? inputs.indexOf(label) : place;
      const channel = known < 0 ? place : known;
      const times = eventTimes(this.records / recordHz);
      const row = [BigInt(this.records), channel, ...times, -preSamples * dtNs, dtNs, wave];
      return this.decoded(batchOf(schemaOf(channel, label, wave.length), [row]));
    });
  }

  private pass(text: string, reason: string): void {
    this.bad.push({ offset: 0, length: text.length, reason });
  }
}

/** A number of a list; nothing is none. */
function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Format of picoCosmo's raw waveforms. */
export const rawWaveformsFormat: FormatDefinition = {
  name: 'picocosmo-raw',
  title: 'picoCosmo raw waveforms (YAML)',
  decoders: ['picocosmo-raw'],
  detect: (first) =>
    Buffer.from(first.subarray(0, firstLine.length + 3))
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .startsWith(firstLine),
  open: () => new RawWaveforms(),
};
