import type { DecodedBatch, FormatDefinition } from '@countroom/decoders';
import { scalarColumn, type TableSchema } from '@countroom/records';
import { batchOf, eventTimes, TextRecording, timeColumns } from './line-table.js';

const signature = /^\uFEFF?# PhyPiDAQ Data recorder/;
/** Interval of recordings that tell none, s. */
const usualIntervalS = 1;
/** Name and unit of a column: `0:U(V)` is signal U of channel 0, in V. */
const tag = /^\s*([^:]*?)\s*(?::\s*(.*?)\s*)?(?:\(([^()]*)\))?\s*$/;
/** What can stand between values, the likeliest first. */
const separators = [',', ';', '\t', /\s+/] as const;
type Separator = (typeof separators)[number];
/** Values that are none, as the old program writes them. */
const words: ReadonlyMap<string, number> = new Map([
  ['', Number.NaN],
  ['nan', Number.NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

/** A column of the recording. */
interface LoggedValue {
  readonly label: string;
  readonly unit: string;
}

/**
 * Recordings of the data logger of PhyPiDAQ: a head of comments, then one line of values per interval. Every column is a
 * channel with one sample a record, as those of sensors are.
 */
class LoggerTable extends TextRecording {
  readonly format = 'phypidaq-csv';
  private rest = '';
  private comments: string[] = [];
  private schemas: readonly TableSchema[] = [];
  private intervalS = usualIntervalS;
  private separator: Separator = ',';

  protected take(text: string): DecodedBatch[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    return this.decode(lines);
  }

  protected end(): DecodedBatch[] {
    return this.rest === '' ? [] : this.decode([this.rest]);
  }

  private decode(lines: readonly string[]): DecodedBatch[] {
    const rows: { seconds: number; number: bigint; values: readonly number[] }[] = [];
    for (const line of lines.map((each) => each.replace(/^\uFEFF/, '').trim())) {
      if (line === '') continue;
      if (line.startsWith('#')) {
        if (this.schemas.length === 0) this.comments.push(line.slice(1).trim());
        continue;
      }
      if (this.schemas.length === 0 && !this.readHead(line)) {
        this.pass(line, 'no line of values');
        continue;
      }
      const values = valuesIn(line, this.separator);
      if (values === undefined || values.length !== this.schemas.length) {
        this.pass(line, `no line of ${this.schemas.length} values`);
        continue;
      }
      rows.push({ seconds: this.records * this.intervalS, number: BigInt(this.records + 1), values });
      this.records += 1;
    }
    if (rows.length === 0) return [];
    return this.schemas.map((schema, channel) =>
      this.decoded(
        batchOf(
          schema,
          rows.map(({ seconds, number, values }) => [
            number,
            channel,
            ...eventTimes(seconds),
            0,
            1,
            values[channel]!,
          ]),
        ),
      ),
    );
  }

  /** Takes from the comments and the first line of values what the recording holds; false: that line is none. */
  private readHead(first: string): boolean {
    const interval = Number(
      this.comments
        .map((line) => /interval\s+([\d.eE+-]+)/.exec(line)?.[1])
        .find((text) => text !== undefined),
    );
    this.intervalS = interval > 0 ? interval : usualIntervalS;
    // Whoever has had the file in a spreadsheet may have changed what stands between the values, not the head.
    const tags = this.comments.slice(2).toReversed();
    for (const line of tags.filter((text) => text.includes(':')))
      for (const names of separators.slice(0, 3).map((separator) => line.split(separator)))
        for (const separator of byLikelihood(names.length, line))
          if (valuesIn(first, separator)?.length === names.length) {
            this.use(names.map(loggedValue), separator);
            return true;
          }
    const separator = separators.find((each) => valuesIn(first, each) !== undefined);
    if (separator === undefined) return false;
    const count = valuesIn(first, separator)!.length;
    const unnamed = Array.from({ length: count }, (_, index) => ({ label: `value ${index}`, unit: '' }));
    this.use(unnamed, separator);
    return true;
  }

  private use(columns: readonly LoggedValue[], separator: Separator): void {
    this.separator = separator;
    this.schemas = columns.map(schemaOf);
  }

  private pass(line: string, reason: string): void {
    this.bad.push({ offset: 0, length: line.length, reason });
  }
}

/** Separators in the order in which they are tried: that of the head first, and none where there is one value. */
function byLikelihood(columns: number, head: string): readonly Separator[] {
  if (columns === 1) return [/\s+/, ...separators];
  return separators.toSorted(
    (a, b) => Number(head.split(b).length === columns) - Number(head.split(a).length === columns),
  );
}

function loggedValue(text: string): LoggedValue {
  const [, name = '', what = '', unit = ''] = tag.exec(text) ?? [];
  return { label: `${what} ${name}`.trim(), unit };
}

/** Numbers of a line; undefined when one is none. With another separator than the comma, that is a decimal one. */
function valuesIn(line: string, separator: Separator): number[] | undefined {
  const values = line.split(separator).map((part) => {
    const text = part.trim();
    const word = words.get(text.toLowerCase());
    if (word !== undefined) return word;
    const value = Number(separator === ',' ? text : text.replace(',', '.'));
    return Number.isNaN(value) ? undefined : value;
  });
  return values.every((value) => value !== undefined) ? values : undefined;
}

function schemaOf({ label, unit }: LoggedValue, channel: number): TableSchema {
  return {
    name: `ch${String(channel).padStart(7, '0')}/raw`,
    columns: [
      scalarColumn('eventnumber', 'int64', { description: 'number of the line, from 1' }),
      scalarColumn('channel', 'uint32', { description: 'place of the column' }),
      ...timeColumns('time since the begin of the recording'),
      scalarColumn('waveform/t0', 'float32', { units: 'ns' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
      {
        name: 'waveform/values',
        dtype: 'float64',
        shape: [1],
        variableLength: false,
        units: unit,
        description: label === '' ? `value ${channel}` : label,
      },
    ],
  };
}

/** Format of PhyPiDAQ's data logger. */
export const loggerTableFormat: FormatDefinition = {
  name: 'phypidaq-csv',
  title: 'PhyPiDAQ data logger (CSV)',
  decoders: ['phypidaq-csv'],
  detect: (first) => signature.test(Buffer.from(first).toString('utf8')),
  open: () => new LoggerTable(),
};
