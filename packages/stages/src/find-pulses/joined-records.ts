import { StageError, type TableReader } from '@countroom/pipeline';
import type { DataArray, NdArray, Table } from '@countroom/records';
import type { PulseEvent } from './pulse-search.js';

const stage = 'find_pulses';

/** A column of numbers, also of a nested table (`waveform/values`). Throws a StageError that names what is there. */
export function numbersIn(path: string, table: Table, name: string): NdArray {
  let here: Table = table;
  const parts = name.split('/');
  for (const part of parts.slice(0, -1)) {
    const inner = here.columns.get(part);
    if (inner?.kind !== 'table') throw missing(path, table, name);
    here = inner;
  }
  const column = here.columns.get(parts.at(-1)!);
  if (column?.kind !== 'array') throw missing(path, table, name);
  return column;
}

function missing(path: string, table: Table, name: string): StageError {
  const known = [...table.columns.keys()].join(', ');
  return new StageError(stage, `${path} has no column ${name} of numbers; it has ${known}`);
}

/** One channel's table, read in order. */
class ChannelRows {
  private block: Table | undefined;
  private first = 0;
  private next = 0;
  private begin: number | undefined;

  constructor(
    private readonly reader: TableReader,
    private readonly input: JoinedInput,
    private readonly blockRows: number,
  ) {}

  /** Reads on when needed; false at the end. */
  async ready(): Promise<boolean> {
    const { path, rows, columns } = this.input;
    if (this.next >= rows) return false;
    if (this.block === undefined || this.next >= this.first + this.block.rows) {
      const stop = Math.min(rows, this.next + this.blockRows);
      this.block = await this.reader.read(path, [this.next, stop], columns);
      this.first = this.next;
    }
    return true;
  }

  number(): bigint {
    return BigInt(this.value('eventnumber') ?? this.next + 1);
  }

  timeNs(): bigint {
    const value = this.value('devicetime');
    if (value !== undefined) return BigInt(typeof value === 'bigint' ? value : Math.round(value));
    // Recordings of other programs have seconds, since whenever.
    const seconds = Number(this.value('timestamp') ?? 0);
    if (!Number.isFinite(seconds)) return 0n;
    this.begin ??= seconds;
    return BigInt(Math.round((seconds - this.begin) * 1e9));
  }

  volts(): Float64Array {
    const { path, voltsPerCount, voltsOffset } = this.input;
    const { data, shape } = numbersIn(path, this.block!, 'waveform/values');
    const length = shape[1] ?? 0;
    const from = (this.next - this.first) * length;
    return Float64Array.from({ length }, (_, i) => Number(data[from + i]) * voltsPerCount + voltsOffset);
  }

  advance(): void {
    this.next += 1;
  }

  private value(name: string): DataArray[number] | undefined {
    const column = this.block!.columns.get(name);
    return column?.kind === 'array' ? column.data[this.next - this.first] : undefined;
  }
}

/** Where the tables of the channels are and how their counts become volts. */
export interface JoinedInput {
  readonly path: string;
  readonly rows: number;
  readonly samples: number;
  /** Columns to read, of those that the table has. */
  readonly columns: readonly string[];
  readonly voltsPerCount: number;
  readonly voltsOffset: number;
}

/** Events that every channel has, by event number (ascending in each table); `skipped` counts rows of the others. */
export class JoinedRecords {
  skipped = 0;
  private readonly reader: TableReader;
  private readonly inputs: readonly JoinedInput[];

  constructor(reader: TableReader, inputs: readonly JoinedInput[]) {
    this.reader = reader;
    this.inputs = inputs;
  }

  /** All events in order; memory does not grow with their number. */
  async *events(): AsyncGenerator<PulseEvent> {
    const channels = this.inputs.map((input) => {
      const blockRows = Math.max(1, Math.min(1024, Math.floor(4_000_000 / Math.max(1, input.samples))));
      return new ChannelRows(this.reader, input, blockRows);
    });
    for (;;) {
      let all = true;
      for (const channel of channels) all = (await channel.ready()) && all;
      if (!all) break;
      const numbers = channels.map((channel) => channel.number());
      const newest = numbers.reduce((most, number) => (number > most ? number : most));
      const behind = channels.filter((_, c) => numbers[c]! < newest);
      if (behind.length === 0) {
        yield {
          number: newest,
          timeNs: channels[0]!.timeNs(),
          records: channels.map((channel) => channel.volts()),
        };
        for (const channel of channels) channel.advance();
      } else {
        for (const channel of behind) channel.advance();
        this.skipped += behind.length;
      }
    }
    for (const channel of channels) {
      while (await channel.ready()) {
        channel.advance();
        this.skipped += 1;
      }
    }
  }
}
