import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { ResolvedSettings } from '../settings/resolve.js';

/** Facts that a unit tells of itself. */
export interface UnitFacts {
  readonly model: string;
  readonly serial: string;
  readonly driverVersion: string;
  readonly hardwareVersion: string;
  readonly calibrated: string;
}

/** Where a unit puts its samples: one stretch per segment and enabled channel, in the order of the configuration. */
export interface SampleMemory {
  readonly segments: number;
  readonly samples: number;
  /** Samples of a channel (place in the configuration) in a segment. */
  of(segment: number, place: number): Int16Array;
}

/** Equivalent-time sampling that is wished for. */
export interface EtsWish {
  readonly mode: 'fast' | 'slow';
  readonly cycles: number;
  readonly interleave: number;
}

/** When and how the captures of a batch were triggered. */
export interface CaptureTimes {
  /** Position of the trigger between samples, ns (0 or negative); one per capture. */
  readonly offsetNs: Float64Array;
  /** Running count of the sample clock, where the family has one. */
  readonly ticks?: BigInt64Array;
  /** Times of the samples from the trigger, ns; of equivalent-time sampling, whose steps are not all alike. */
  readonly sampleNs?: Float64Array;
}

/** One piece of a stream. */
export interface StreamPiece {
  readonly samples: number;
  /** Bit i: channel i of the unit was clipped. */
  readonly overflow: number;
  /** Samples of a channel by its place in the configuration; valid until the next look. */
  of(place: number): Int16Array;
}

/**
 * An open unit of any family. Every call may throw a ScopeError with the status of the vendor's library. All calls
 * but `read` take the time of at most a few USB round trips.
 */
export interface ScopeUnit {
  readonly facts: UnitFacts;
  /** Number that the library knows the unit by. */
  readonly handle: number;
  /** Counts at full scale, as the unit says it. */
  readonly fullScale: number;
  /** Lowest and highest voltage that can be added at a range (code); undefined where the family does not tell. */
  offsetLimits(range: number, dc: boolean): readonly [number, number] | undefined;
  /** Segments that the memory can be cut into; undefined where the family does not tell. */
  mostSegments(): number | undefined;
  /** Sets channels, trigger and generator; unused channels go off first. */
  setUp(config: PicoScopeConfig, settings: ResolvedSettings): void;
  /** Sets the trigger alone; the rest stays as it was set up. The unit must not be running. */
  setTrigger(config: PicoScopeConfig, settings: ResolvedSettings): void;
  /** Interval of a time base with the channels that are on; undefined when it cannot be had. */
  intervalNs(timeBase: number, samples: number): number | undefined;
  /**
   * Switches equivalent-time sampling on, or off when there is no wish; answers with the step that the unit makes of its
   * shortest interval, ps (0: off).
   */
  useEts(ets: EtsWish | undefined): number;
  /** Cuts the memory and hands over where samples go. */
  useMemory(memory: SampleMemory, captures: number): void;
  /** Lets the unit take `captures` records. */
  run(preSamples: number, postSamples: number, timeBase: number): void;
  ready(): boolean;
  /** Complete captures, after `stop`. */
  taken(): number;
  /** Reads captures 0 … count-1 into the memory; overflow bits by capture. */
  read(count: number, overflow: Int16Array): Promise<void> | undefined;
  /** Trigger times of the captures that were read; undefined where the family tells none. */
  times(count: number): CaptureTimes | undefined;
  /** Begins a stream; answers with the real interval, ns. */
  stream(intervalNs: number, room: number): number;
  /** Looks for new samples of the stream. */
  latest(take: (piece: StreamPiece) => void): void;
  stop(): void;
  /** Asks the unit for a sign of life. */
  ping(): void;
  flash(): void;
  close(): void;
}
