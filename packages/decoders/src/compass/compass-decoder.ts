import type { DecodeOptions } from '../core/decoder.js';
import { FramedDecoder } from '../core/framed-decoder.js';
import { GarbageTable } from '../core/garbage.js';
import type { RecordFramer } from '../core/record-framer.js';
import { compassKey, compassSeconds } from './compass-event.js';
import { compassHeader } from './compass-header.js';
import {
  type CompassFamily,
  type CompassFields,
  compassFaults,
  decodersOf,
  layoutOf,
} from './compass-layout.js';
import { CompassRows } from './compass-rows.js';
import { CompassScanner } from './compass-scanner.js';
import { type CompassSettings, readCompassSettings } from './compass-settings.js';

interface CompassState {
  readonly fields: CompassFields;
  readonly headerPresent: boolean;
  readonly usualLength: number | null;
  readonly lengths: readonly number[];
  readonly lastTimes: readonly (readonly [number, number])[];
}

/** Decodes files of events one after the other, as CoMPASS and its older relatives write them. */
export class CompassDecoder extends FramedDecoder<CompassScanner> {
  readonly framer: RecordFramer<CompassScanner>;
  private readonly scanner: CompassScanner;
  private readonly settings: CompassSettings | undefined;
  private readonly rows: CompassRows;
  private headerGiven = false;
  private readonly lastTimes = new Map<number, number>();

  constructor(
    private readonly family: CompassFamily,
    options: DecodeOptions = {},
  ) {
    super(family.format, decodersOf(family), options, 1);
    this.scanner = new CompassScanner(family);
    const garbage = new GarbageTable(this.library, family.garbageDecoder, Object.values(compassFaults));
    this.framer = this.framerOf(this.scanner, garbage, (event, at) => this.event(event, at));
    this.settings = options.settings === undefined ? undefined : readCompassSettings(options.settings);
    for (const remark of this.settings?.remarks ?? [])
      this.integrity.oddOnce(remark, 'bad-configuration', 0, 0, remark);
    this.rows = new CompassRows(family.eventDecoder, this.library, options, this.settings);
    this.restore(options.resume?.state as CompassState | null | undefined);
    if (this.atLimit) this.finished = true;
  }

  protected override state(): CompassState | null {
    const { layout, headerPresent, lengths } = this.scanner;
    if (layout === undefined) return null;
    return {
      fields: layout,
      headerPresent,
      usualLength: this.rows.usualLength ?? null,
      lengths: [...lengths],
      lastTimes: [...this.lastTimes],
    };
  }

  private restore(state: CompassState | null | undefined): void {
    if (!state) return;
    this.scanner.layout = layoutOf(state.fields);
    this.scanner.headerPresent = state.headerPresent;
    for (const length of state.lengths) this.scanner.lengths.add(length);
    for (const [key, time] of state.lastTimes) this.lastTimes.set(key, time);
    this.rows.usualLength = state.usualLength ?? undefined;
    this.headerGiven = state.usualLength !== null;
  }

  private event(scanner: CompassScanner, offset: number): boolean {
    const { view, at, samples } = scanner;
    const packetId = this.packetId++;
    this.integrity.record('Event');
    this.rows.usualLength ??= samples;
    if (!this.headerGiven) this.giveHeader(samples);
    const key = compassKey(view, at);
    const seconds = compassSeconds(view, at);
    const last = this.lastTimes.get(key) ?? 0;
    if (seconds < last) {
      const detail = `board ${key >> 9}, channel ${key & 511}: ${seconds} s after ${last} s`;
      this.integrity.odd('time-backwards', packetId, offset, detail);
    }
    this.lastTimes.set(key, seconds);
    this.rows.add(view, at, scanner.layout!, { packetId, key, seconds, samples });
    if (this.atLimit) this.finished = true;
    return !this.finished;
  }

  /** The header struct is given with the first event: without settings it holds the length of its trace. */
  private giveHeader(samples: number): void {
    this.headerGiven = true;
    const { layout, headerPresent } = this.scanner;
    if (headerPresent) this.integrity.record('Header');
    const { headerDecoder } = this.family;
    if (headerDecoder === undefined) return;
    this.library.object(
      headerDecoder,
      'header',
      compassHeader(layout!, headerPresent, this.settings, samples),
    );
  }
}
