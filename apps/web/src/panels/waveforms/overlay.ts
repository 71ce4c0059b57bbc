import { asStored, highestPoint, shaped, startLevel } from '../../lib/waveforms/shape';
import type { Curve } from './prepare';

/** How live curves are put on top of each other; the words are those of the address. */
export interface LiveLook {
  readonly base: 'sent' | 'start';
  readonly norm: 'sent' | 'max';
  readonly align: 'trigger' | 'max';
}

/** A curve as it is drawn; as it is when nothing is wished, or when there is nothing to divide by. */
export function inShape(curve: Curve, { base, norm, align }: LiveLook): Curve {
  if (base === 'sent' && norm === 'sent' && align === 'trigger') return curve;
  const offset = base === 'start' ? startLevel(curve.values) : 0;
  const high = norm === 'max' || align === 'max' ? highestPoint(curve, offset) : null;
  const scale = norm === 'max' && high !== null && high.height > 0 ? high.height : 1;
  const shift = align === 'max' && high !== null ? high.time : 0;
  // A level in counts has no place among values that are shifted or divided.
  const isCounts = offset === 0 && scale === 1;
  return {
    ...curve,
    ...(isCounts ? {} : { triggerLevel: null }),
    ...shaped(curve, { ...asStored, offset, scale, shift }),
  };
}

/** The last curves of each channel, oldest first, the newest one left out: it is drawn over them. */
export class Persistence {
  private readonly kept = new Map<string, Curve[]>();

  /** Keeps `count` curves of each channel, the newest one counted. */
  add(curves: readonly Curve[], count: number): void {
    for (const curve of curves) {
      const list = this.kept.get(curve.key) ?? [];
      if (list.at(-1)?.eventNumber === curve.eventNumber) continue;
      list.push(curve);
      this.kept.set(curve.key, list.slice(-count));
    }
  }

  /** Those that are drawn with the newest one when `count` are drawn in all. */
  before(key: string, count: number): readonly Curve[] {
    const older = (this.kept.get(key) ?? []).slice(0, -1);
    return older.slice(Math.max(0, older.length - (count - 1)));
  }

  clear(): void {
    this.kept.clear();
  }
}
