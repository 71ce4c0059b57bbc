import type { DecodeOptions } from '../core/decoder.js';
import type { TableBuffer } from '../core/table-buffer.js';
import type { TableLibrary } from '../core/table-library.js';
import { appendEvent, compassEventSchema } from './compass-event.js';
import type { CompassLayout } from './compass-layout.js';
import type { CompassSettings } from './compass-settings.js';

/** Period that the established decoder gives for every board, ns. */
const referencePeriodNs = 16;

/** What is known of an event besides its bytes. */
export interface CompassEvent {
  readonly packetId: number;
  readonly key: number;
  readonly seconds: number;
  readonly samples: number;
}

/** Puts events into tables: traces of the usual length as a matrix, others as vectors in a table of their own. */
export class CompassRows {
  /** Samples of the first trace: the usual length of boards without settings. */
  usualLength: number | undefined;
  private readonly tables = new Map<string, TableBuffer | undefined>();

  constructor(
    private readonly decoder: string,
    private readonly library: TableLibrary,
    private readonly options: DecodeOptions,
    private readonly settings: CompassSettings | undefined,
  ) {}

  /** Adds the event at `at` of a view, when its row is asked for. */
  add(view: DataView, at: number, layout: CompassLayout, event: CompassEvent): void {
    const { key, samples, packetId } = event;
    const table = this.table(key, layout.samples === 'none' ? 0 : samples);
    if (!this.library.admit(table, this.decoder, key, event.seconds)) return;
    appendEvent(table, view, at, layout, { packetId, samples, samplePeriodNs: this.periodNs(key >> 9) });
  }

  /** Time between samples; NaN when no settings say it. */
  private periodNs(board: number): number {
    if (this.options.compatibility === 'reference') return referencePeriodNs;
    return 1 / (this.settings?.boards[board]?.sampleRate ?? NaN);
  }

  private table(key: number, samples: number): TableBuffer | undefined {
    const usual = samples === 0 || samples === this.lengthOf(key >> 9);
    const id = `${key} ${usual}`;
    if (!this.tables.has(id)) {
      const form = {
        samples: usual ? samples : ('any' as const),
        exactTimes: this.options.exactTimes ?? false,
      };
      const list = this.listOf(key >> 9);
      this.tables.set(
        id,
        this.library.table({
          decoder: this.decoder,
          key,
          ...(list === undefined ? {} : { list }),
          siblings: this.tables.size + 1,
          schema: (path) => compassEventSchema(path, form),
        }),
      );
    }
    return this.tables.get(id);
  }

  private lengthOf(board: number): number | undefined {
    return this.settings?.boards[board]?.traceLength ?? this.usualLength;
  }

  /** Boards with traces of the same length share a key list. */
  private listOf(board: number): { index: number; count: number; keys: number } | undefined {
    const boards = this.settings?.boards ?? [];
    const lengths = [...new Set(boards.map(({ traceLength }) => traceLength))];
    const index = lengths.indexOf(boards[board]?.traceLength ?? NaN);
    if (index < 0) return undefined;
    const sharing = boards.filter(({ traceLength }) => traceLength === lengths[index]);
    return {
      index,
      count: lengths.length,
      keys: sharing.reduce((sum, { channels }) => sum + channels.size, 0),
    };
  }
}
