/** Something in a configuration that a person has to know before the device is touched. */
export interface Finding {
  /** Path of the key: `channels.1.rangeV`. */
  readonly place: string;
  /** A device is not set up with an `error`; a `warning` is told and goes on. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, with the value. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Nearest value that is accepted, when there is one. */
  readonly nearest?: number | string;
}

/** The finding in one line. */
export function findingText({ problem, remedy, nearest }: Finding): string {
  return `${problem}; ${remedy}${nearest === undefined ? '' : ` (nearest: ${nearest})`}`;
}

/** A list that findings are added to. */
export class Findings {
  readonly list: Finding[] = [];

  /** Adds an error. */
  error(place: string, problem: string, remedy: string, nearest?: number | string): void {
    this.add('error', place, problem, remedy, nearest);
  }

  /** Adds a warning. */
  warning(place: string, problem: string, remedy: string, nearest?: number | string): void {
    this.add('warning', place, problem, remedy, nearest);
  }

  private add(
    severity: Finding['severity'],
    place: string,
    problem: string,
    remedy: string,
    nearest: number | string | undefined,
  ): void {
    const known = nearest === undefined ? {} : { nearest };
    this.list.push({ place, severity, problem, remedy, ...known });
  }
}
