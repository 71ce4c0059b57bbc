import type { WaveformsFrame } from '@countroom/contracts';
import { channelColor, channelLabel, shownKeys, sortedKeys } from '../channel-keys';
import { type Curve, decodeWaveforms, mergeCurves, RunningMean } from '../waveforms/prepare';
import { extentOf, type Trace } from './scope-option';
import { AutoViews, type Vertical } from './vertical';

/** What is on the screen: the newest record of each channel, their means, and how each stands there. */
export class ScopeScreen {
  private curves: ReadonlyMap<string, Curve> = new Map();
  private means = new Map<string, RunningMean>();
  private readonly auto = new AutoViews();
  private run: number | null = null;

  /** Takes a frame; `average` is how many records are averaged, 1 for none. Gives the records as they came. */
  take(header: WaveformsFrame, payload: ArrayBuffer, average: number): readonly Curve[] {
    if (header.run !== this.run) {
      this.clear();
      this.run = header.run;
    }
    const fresh = decodeWaveforms(header, payload);
    const drawn = average === 1 ? fresh : fresh.map((curve) => this.averaged(curve, average));
    this.curves = mergeCurves(this.curves, drawn);
    return fresh;
  }

  keys(): readonly string[] {
    return sortedKeys(this.curves.keys());
  }

  /** Names of channels as their devices have them, else their numbers. */
  labelOf(key: string): string {
    const own = this.curves.get(key)?.label;
    const isAlone = [...this.curves.values()].filter(({ label }) => label === own).length === 1;
    return own !== undefined && isAlone && !/^\d+$/.test(own) ? own : channelLabel(key, this.keys());
  }

  /** The channels that are shown, in the view that a person has set or one that fits. */
  traces(
    chosen: readonly string[],
    views: ReadonlyMap<string, Vertical>,
    colors: readonly string[],
  ): readonly Trace[] {
    const all = this.keys();
    return shownKeys(all, chosen).flatMap((key) => {
      const curve = this.curves.get(key);
      if (curve === undefined) return [];
      const view = views.get(key) ?? this.auto.of(key, curve.values);
      return [{ curve, label: this.labelOf(key), view, color: channelColor(key, all, colors) }];
    });
  }

  /** Times at the edges of all shown records, ns. */
  static whole(traces: readonly Trace[]): readonly [number, number] {
    return extentOf(traces.map(({ curve }) => curve)) ?? [0, 1];
  }

  forgetMeans(): void {
    this.means = new Map();
  }

  private clear(): void {
    this.curves = new Map();
    this.auto.clear();
    this.forgetMeans();
  }

  private averaged(curve: Curve, count: number): Curve {
    const mean = this.means.get(curve.key) ?? new RunningMean(count);
    this.means.set(curve.key, mean);
    // The mean goes on changing; what was drawn must not.
    return { ...curve, values: Float64Array.from(mean.add(curve.values)) };
  }
}
