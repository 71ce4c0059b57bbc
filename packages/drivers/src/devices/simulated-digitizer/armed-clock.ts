interface ArmedInterval {
  /** Armed time at which it begins, and the device's time then, ns. */
  readonly armedNs: number;
  readonly deviceNs: number;
}

/**
 * Counts the time during which a device was armed, and knows which device time belongs to which armed time.
 * Random processes run on armed time: pauses and full buffers shift them without changing their numbers.
 */
export class ArmedClock {
  private intervals: ArmedInterval[] = [];
  private armedSoFar = 0;
  private armedSince: number | undefined;

  /** Device is armed from a device time on. */
  arm(deviceNs: number): void {
    this.intervals.push({ armedNs: this.armedSoFar, deviceNs });
    this.armedSince = deviceNs;
  }

  /** Device is no longer armed from a device time on. */
  disarm(deviceNs: number): void {
    this.armedSoFar = this.armedAt(deviceNs);
    this.armedSince = undefined;
  }

  /** Armed time at a device time not before the last call, ns. */
  armedAt(deviceNs: number): number {
    return this.armedSoFar + (this.armedSince === undefined ? 0 : deviceNs - this.armedSince);
  }

  /** Takes `ns` out of the armed time just before `deviceNs`: the device could not keep up. */
  skip(ns: number, deviceNs: number): void {
    if (this.armedSince === undefined) return;
    this.armedSoFar = this.armedAt(deviceNs) - ns;
    this.armedSince = deviceNs;
    this.intervals.push({ armedNs: this.armedSoFar, deviceNs });
  }

  /** Device time of an armed time, and whether a new interval begins since the armed time `sinceNs`. */
  locate(armedNs: number, sinceNs: number): { readonly deviceNs: number; readonly gap: boolean } {
    let index = this.intervals.length - 1;
    while (index > 0 && this.intervals[index]!.armedNs > armedNs) index -= 1;
    const interval = this.intervals[index] ?? { armedNs: 0, deviceNs: 0 };
    return { deviceNs: interval.deviceNs + (armedNs - interval.armedNs), gap: interval.armedNs > sinceNs };
  }

  /** Forgets intervals that end before an armed time. */
  forget(armedNs: number): void {
    while (this.intervals.length > 1 && this.intervals[1]!.armedNs < armedNs) this.intervals.shift();
  }
}
