import type { TableSink, TableSource } from '@countroom/pipeline';

/** Milliseconds that a run has spent on its files. */
export interface FileTimes {
  /** Reading and decoding. */
  reading: number;
  /** Compressing and writing. */
  writing: number;
}

async function timed<T>(times: FileTimes, what: keyof FileTimes, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    times[what] += performance.now() - start;
  }
}

/** A source whose reading is timed; the source itself without times. */
export function timedSource(source: TableSource, times: FileTimes | undefined): TableSource {
  if (times === undefined) return source;
  return {
    name: source.name,
    tables: (sampleRows) => timed(times, 'reading', () => source.tables(sampleRows)),
    async *blocks(path, options) {
      const blocks = source.blocks(path, options)[Symbol.asyncIterator]();
      for (;;) {
        const next = await timed(times, 'reading', () => blocks.next());
        if (next.done === true) return;
        yield next.value;
      }
    },
  };
}

/** A sink whose writing is timed; the sink itself without times. */
export function timedSink(sink: TableSink, times: FileTimes | undefined): TableSink {
  if (times === undefined) return sink;
  return {
    append: (path, rows) => timed(times, 'writing', () => sink.append(path, rows)),
    write: (path, object) => timed(times, 'writing', () => sink.write(path, object)),
  };
}
