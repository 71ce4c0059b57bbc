import type { FcioConfig } from '../../fcio/fcio-config.js';
import { boardOf, inputOf, traceCount } from '../../fcio/fcio-config.js';
import { LiveTime, type LiveTimeState } from '../../fcio/live-time.js';
import type { OrcaListener, OrcaSetup } from '../header/orca-setup.js';

/** Number and clock reading of an event: s and 4 ns ticks. */
export interface EventMark {
  readonly number: number;
  readonly pps: number;
  readonly ticks: number;
}

/** What is known of a FlashCam readout while its waveforms come. */
export interface FlashCamReadout {
  readonly id: number;
  /** Undefined before the packet with the configuration. */
  readonly config?: FcioConfig;
  readonly live?: LiveTime;
  last: EventMark | null;
}

/** State of one readout; plain JSON. */
export interface FlashCamState {
  readonly id: number;
  readonly config: FcioConfig | null;
  readonly live: LiveTimeState | null;
  readonly last: EventMark | null;
}

/** The FlashCam readouts of a file: which one a card belongs to, and what the waveforms need of it. */
export class FlashCamReadouts {
  private readonly readouts = new Map<number, FlashCamReadout>();

  constructor(
    private readonly setup: OrcaSetup,
    states: readonly FlashCamState[] = [],
  ) {
    for (const { id, config, live, last } of states) this.set(id, config, live, last);
  }

  /** Takes the configuration of a readout: its clocks begin anew. */
  configure(config: FcioConfig): void {
    this.set(config.streamId, config, null, null);
  }

  /**
   * The readout of a card: by crate and slot as the header has them, else by the board's address there or in a
   * configuration, else the only one.
   */
  ofCard(crate: number, slot: number, board: number): FlashCamReadout {
    const { listeners } = this.setup;
    const by = (fits: (card: OrcaListener['cards'][number]) => boolean): number | undefined =>
      listeners.find(({ cards }) => cards.some(fits))?.id;
    const id =
      by((one) => one.crate === crate && one.card === slot) ??
      by((one) => one.board === board) ??
      this.configuredWith(board) ??
      this.only();
    return this.readouts.get(id) ?? this.set(id, null, null, null);
  }

  /** Number of a readout among those of the header, and how many keys it has there. */
  listOf(id: number): { readonly index: number; readonly count: number; readonly keys: number } | undefined {
    const { listeners } = this.setup;
    const index = listeners.findIndex((one) => one.id === id);
    return index < 0 ? undefined : { index, count: listeners.length, keys: listeners[index]!.keys.length };
  }

  /** Samples of a readout as the header has them; 0 when it has none. */
  samplesOf(id: number): number {
    return this.setup.listeners.find((one) => one.id === id)?.samples ?? 0;
  }

  /** Enabled inputs of all readouts. */
  get keys(): number {
    return this.setup.listeners.reduce((sum, { keys }) => sum + keys.length, 0);
  }

  /** What must be kept to go on later. */
  state(): FlashCamState[] {
    return [...this.readouts.values()].map(({ id, config, live, last }) => ({
      id,
      config: config ?? null,
      live: live?.state() ?? null,
      last,
    }));
  }

  private set(
    id: number,
    config: FcioConfig | null,
    live: LiveTimeState | null,
    last: EventMark | null,
  ): FlashCamReadout {
    const readout: FlashCamReadout =
      config === null
        ? { id, last }
        : { id, config, live: new LiveTime(traceCount(config), live ?? undefined), last };
    this.readouts.set(id, readout);
    return readout;
  }

  private configuredWith(board: number): number | undefined {
    const fits = ({ config }: FlashCamReadout): boolean =>
      config?.traceMap.some((_, trace) => boardOf(config, trace) === board) === true;
    return [...this.readouts.values()].find(fits)?.id;
  }

  private only(): number {
    return this.setup.listeners[0]?.id ?? [...this.readouts.keys()][0] ?? 0;
  }
}

/** Board and input of a trace by the trace map; undefined without an entry. */
export function mappedAddress(
  config: FcioConfig | undefined,
  trace: number,
): { readonly board: number; readonly input: number } | undefined {
  if (config === undefined || trace >= traceCount(config)) return undefined;
  return { board: boardOf(config, trace), input: inputOf(config, trace) };
}
