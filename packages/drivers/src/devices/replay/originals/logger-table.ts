import type { DecodedBatch, FormatDefinition } from '@countroom/decoders';
import { scalarColumn, type TableSchema } from '@countroom/records';
import { batchOf, type Row, TextRecording } from './line-table.js';

const signature = /^# PhyPiDAQ Data recorder/;
/** Interval of recordings that tell none, s. */
const usualIntervalS = 1;
/** Name and unit of a column: `0:U(V)` is signal U of channel 0, in V. */
const tag = /^\s*(.*?)\s*(?:\(([^()]*)\))?\s*$/;

/** Recordings of the data logger of PhyPiDAQ: a head of comments, then one line of values per interval. */
class LoggerTable extends TextRecording {
  readonly format = 'phypidaq-csv';
  private rest = '';
  private comments: string[] = [];
  private schema: TableSchema | undefined;
  private intervalS = usualIntervalS;
  private separator = ',';

  protected take(text: string): DecodedBatch[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    return this.decode(lines);
  }

  protected end(): DecodedBatch[] {
    return this.rest === '' ? [] : this.decode([this.rest]);
  }

  private decode(lines: readonly string[]): DecodedBatch[] {
    const rows: Row[] = [];
    for (const line of lines.map((each) => each.trim())) {
      if (line === '') continue;
      if (line.startsWith('#')) {
        this.comments.push(line.slice(1).trim());
        continue;
      }
      this.schema ??= this.readHead();
      const values = line.split(this.separator).map((value) => Number(value.replace(',', '.')));
      if (
        values.length !== this.schema.columns.length - 1 ||
        values.some((value) => !Number.isFinite(value))
      ) {
        this.bad.push({
          offset: 0,
          length: line.length,
          reason: `no line of ${this.schema.columns.length - 1} values`,
        });
        continue;
      }
      rows.push([this.records * this.intervalS, ...values]);
      this.records += 1;
    }
    return rows.length === 0 ? [] : [this.decoded(batchOf(this.schema!, rows))];
  }

  private readHead(): TableSchema {
    const interval = this.comments
      .map((line) => /interval\s+([\d.eE+-]+)/.exec(line)?.[1])
      .find((text) => text !== undefined);
    this.intervalS = Number(interval ?? usualIntervalS);
    const names = this.comments.at(-1) ?? '';
    this.separator = names.includes(';') ? ';' : ',';
    const columns = names.split(this.separator).map((name, index) => {
      const [, label = '', unit = ''] = tag.exec(name) ?? [];
      const path = label.replaceAll(/[^\w]+/g, '_').replace(/^_+|_+$/g, '');
      return scalarColumn(
        path === '' ? `value_${index}` : `c${path}`,
        'float64',
        unit === '' ? {} : { units: unit },
      );
    });
    const time = scalarColumn('timestamp', 'float64', {
      units: 's',
      description: 'time since the begin of the recording',
    });
    return { name: 'logger', columns: [time, ...columns] };
  }
}

/** Format of PhyPiDAQ's data logger. */
export const loggerTableFormat: FormatDefinition = {
  name: 'phypidaq-csv',
  title: 'PhyPiDAQ data logger (CSV)',
  decoders: ['phypidaq-csv'],
  detect: (first) => signature.test(Buffer.from(first).toString('latin1')),
  open: () => new LoggerTable(),
};
