import type { FilteredEvent } from './pulse-filter.js';

/** What a filter has seen. */
export interface FilterCounts {
  readonly seen: number;
  readonly valid: number;
  readonly accepted: number;
  /** Accepted events with exactly so many channels: index 2, 3 and 4. */
  readonly fold: readonly number[];
  readonly double: number;
}

/** Counts events and writes picoCosmo's lines for them. */
export class FilterLog {
  private triggered = 0;
  private counted = { seen: 0, valid: 0, accepted: 0, fold: [0, 0, 0, 0, 0], double: 0 };

  /** @param channels number of channels */
  constructor(private readonly channels: number) {}

  /** The figures so far. */
  get counts(): FilterCounts {
    return this.counted;
  }

  /** Heads of the two files. */
  static readonly head = '# EvNr,  EvT,   V(1),  T(1), ..., V(NC), T(NC) ';
  static readonly doubleHead = '# Nacc, Ndble, Tau, delT(iChan), ... V(iChan)';

  /**
   * Counts an event; gives the line of an accepted event, and that of a double pulse.
   * @param number of the event, and its time in s
   */
  add(event: FilteredEvent, number: number, seconds: number): { line?: string; double?: string } {
    const { counted } = this;
    counted.seen++;
    if (!event.valid) return {};
    counted.valid++;
    if (event.triggered) this.triggered++;
    if (!event.accepted) return {};
    counted.accepted++;
    const found = event.channels.filter(({ first }) => first !== undefined).length;
    if (found < counted.fold.length) counted.fold[found] = counted.fold[found]! + 1;
    const line = this.line(event, number, seconds);
    if (event.double === undefined) return { line };
    counted.double++;
    return { line, double: this.doubleLine(event) };
  }

  /** Last lines of the two files; the live time in s. Without a channel that triggers no event counts as validated (Nval). */
  summary(liveTime: number): { lines: string[]; double: string[] } {
    const { seen, accepted, fold, double } = this.counted;
    const folds = [2, 3, 4].filter((n) => n <= this.channels).map((n) => `Nacc${n} = ${fold[n]} `);
    const both = [`# ${folds.join('')}`, `#      active time ${liveTime.toFixed(1)} s (from BufferMan)`];
    return {
      lines: [`# pulseFilter Summary: events ${seen}, Nval, Nacc: ${this.triggered}, ${accepted} `, ...both],
      double: [
        `# pulseFilter Summary:  ${seen} events, Nval, Nacc: ${this.triggered}, ${accepted} `,
        both[0]!,
        `#                       ${double} double pulses`,
        both[1]!,
      ],
    };
  }

  private line({ channels, time, double }: FilteredEvent, number: number, seconds: number): string {
    const parts = [String(number), seconds.toFixed(3)];
    const put = (...values: number[]): void => void parts.push(...values.map((value) => value.toFixed(3)));
    for (const { first } of channels) {
      if (first === undefined) put(0, 0);
      else put(first.height, first.time - time);
    }
    if (double === undefined) return parts.join(', ');
    for (const { later } of channels) {
      const [second] = later;
      if (second === undefined) put(0, 0);
      else put(second.height, second.time - time);
    }
    channels.forEach(({ later }, c) => {
      const third = later[1];
      if (third === undefined) return;
      parts.push(String(c));
      put(third.height, third.time);
    });
    return parts.join(', ');
  }

  private doubleLine({ double }: FilteredEvent): string {
    const { tau, delays, heights } = double!;
    const { accepted, double: number } = this.counted;
    const list = (values: readonly number[], digits: number): string =>
      values.map((value) => short(value, digits)).join(', ');
    const separator = this.channels === 1 ? ', ' : ',   ';
    return `${accepted}, ${number}, ${short(tau, 4)},   ${list(delays, 4)}${separator}${list(heights, 3)}`;
  }
}

/** A number with so many significant digits, without trailing zeros. */
function short(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
