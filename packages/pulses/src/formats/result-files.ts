/** A line of picoCosmo's file of accepted events. */
export interface AcceptedLine {
  readonly event: number;
  /** s */
  readonly time: number;
  /** Pulse of each channel: height in V, time since the event time in µs; undefined: none. */
  readonly pulses: readonly (FilePulse | undefined)[];
  /** Second pulse of each channel of a double pulse; empty otherwise. */
  readonly second: readonly (FilePulse | undefined)[];
  /** Third pulses: channel index, height, time since the begin of the record. */
  readonly third: readonly (FilePulse & { readonly channel: number })[];
}

/** Height in V and time in µs. */
export interface FilePulse {
  readonly height: number;
  readonly time: number;
}

/** A line of picoCosmo's file of double pulses. */
export interface DoubleLine {
  readonly accepted: number;
  readonly double: number;
  /** µs */
  readonly tau: number;
  readonly delays: readonly number[];
  /** V; 0 where there is none. */
  readonly heights: readonly number[];
}

function dataLines(text: string): { readonly line: number; readonly values: number[] }[] {
  return text.split(/\r?\n/).flatMap((content, i) => {
    if (content.trim() === '' || content.startsWith('#')) return [];
    const values = content.split(',').map((part) => Number(part.trim() === '' ? Number.NaN : part));
    if (values.some((value) => Number.isNaN(value)))
      throw new RangeError(`line ${i + 1} is no list of numbers: ${content.slice(0, 80)}`);
    return [{ line: i + 1, values }];
  });
}

/**
 * Reads a file of accepted events of so many channels. Throws a RangeError that names the line for what is none.
 * Comment lines (`#`) are left out.
 */
export function readAcceptedFile(text: string, channels: number): AcceptedLine[] {
  return dataLines(text).map(({ line, values }) => {
    const [event, time, ...rest] = values;
    const firsts = rest.slice(0, 2 * channels);
    const seconds = rest.slice(2 * channels, 4 * channels);
    const thirds = rest.slice(4 * channels);
    const whole =
      firsts.length === 2 * channels && seconds.length % (2 * channels) === 0 && thirds.length % 3 === 0;
    if (!whole)
      throw new RangeError(
        `line ${line} does not have the columns of ${channels} channels: it has ${values.length}`,
      );
    return {
      event: event!,
      time: time!,
      pulses: pairs(firsts),
      second: pairs(seconds),
      third: Array.from({ length: thirds.length / 3 }, (_, i) => ({
        channel: thirds[3 * i]!,
        height: thirds[3 * i + 1]!,
        time: thirds[3 * i + 2]!,
      })),
    };
  });
}

/** Reads a file of double pulses; the number of channels follows from the line. Throws a RangeError like `readAcceptedFile`. */
export function readDoubleFile(text: string): DoubleLine[] {
  return dataLines(text).map(({ line, values }) => {
    const [accepted, double, tau, ...rest] = values;
    if (rest.length < 2 || rest.length % 2 !== 0)
      throw new RangeError(
        `line ${line} does not have a delay and a height per channel: it has ${values.length}`,
      );
    const half = rest.length / 2;
    return {
      accepted: accepted!,
      double: double!,
      tau: tau!,
      delays: rest.slice(0, half),
      heights: rest.slice(half),
    };
  });
}

/** Height 0 stands for no pulse. */
function pairs(values: readonly number[]): (FilePulse | undefined)[] {
  return Array.from({ length: values.length / 2 }, (_, i) => {
    const [height, time] = [values[2 * i]!, values[2 * i + 1]!];
    return height === 0 ? undefined : { height, time };
  });
}
