import type { RecordingColumn, RecordingSummary } from '@countroom/contracts';
import { bytes, plain } from '../../lib/format/numbers';

type Stream = RecordingSummary['streams'][number];
const shownKeys = 12;

/** A count of a part is only a lower limit of that of the whole. */
export function atLeast(text: string, isWhole: boolean): string {
  return isWhole ? text : `at least ${text}`;
}

/** How much was looked at. */
export function seenText({
  bytes: seen,
  totalBytes,
  isWhole,
}: Pick<RecordingSummary, 'bytes' | 'totalBytes' | 'isWhole'>): string {
  if (isWhole) return `all of its ${bytes(seen)}`;
  return totalBytes === null
    ? `its first ${bytes(seen)}; its size when unpacked is not known`
    : `its first ${bytes(seen)} of ${bytes(totalBytes)}`;
}

/** An estimate for the whole; `about` unless all was looked at. */
export function estimateText(
  value: number | null,
  isWhole: boolean,
  text: (value: number) => string,
): string {
  if (value === null) return 'not known';
  return isWhole ? text(value) : `about ${text(value)}`;
}

/** `0, 1, 2 and 57 more`. */
export function keyText(keys: readonly (number | string)[], count: number): string {
  const shown = keys.slice(0, shownKeys).map(String).join(', ');
  return count > shownKeys ? `${shown} and ${plain(count - Math.min(shownKeys, keys.length))} more` : shown;
}

/** `waveform/values uint16[1836]`. */
export function columnText({ name, dtype, shape, variableLength, units }: RecordingColumn): string {
  const size = variableLength ? '[…]' : shape.map((extent) => `[${extent}]`).join('');
  return `${name} ${dtype}${size}${units === null || units === '' ? '' : ` / ${units}`}`;
}

const unixFrom = 1e8;
const unixTo = 1e10;

/** First and last time of a stream; moments when they are seconds since 1970. */
export function timesText(times: Stream['times']): string {
  if (times === null) return '–';
  const { first, last, units } = times;
  if (units === 's' && first > unixFrom && last < unixTo)
    return `${momentText(first)} to ${momentText(last)}`;
  const unit = units === null ? '' : ` ${units}`;
  return `${plain(first)} to ${plain(last)}${unit}`;
}

function momentText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19);
}
