import { missing, si } from './numbers';

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

/** `2026-03-01 12:34:56` in UTC. */
export function utc(iso: string | number | null | undefined, withMs = false): string {
  if (iso === null || iso === undefined) return missing;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return missing;
  const day = `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  const time = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;
  return `${day} ${time}${withMs ? `.${pad(date.getUTCMilliseconds(), 3)}` : ''}`;
}

/** `12:34:56` in UTC. */
export function utcTime(iso: string | number | null | undefined): string {
  const text = utc(iso);
  return text === missing ? missing : text.slice(11);
}

/** The same moment in the reader's own zone, with the zone's name. */
export function local(iso: string | number | null | undefined): string {
  if (iso === null || iso === undefined) return missing;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return missing;
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });
}

/** `1 d 02:03:04`, `02:03:04`; hours are always shown so that columns line up. */
export function clock(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return missing;
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const text = `${pad(Math.floor(whole / 3600) % 24)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
  return days > 0 ? `${days} d ${text}` : text;
}

/** Time spent: `8.47 s` with a prefix below a minute, a clock above. */
export function spent(seconds: number): string {
  return Math.abs(seconds) < 60 ? si(seconds, 's') : clock(seconds);
}

/** Two largest units: `3 h 20 min`, `45 s`, `12 d 4 h`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return missing;
  const units: readonly (readonly [number, string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
    rest -= count * size;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** Seconds between two moments; null while one is missing. */
export function secondsBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  return (Date.parse(end) - Date.parse(start)) / 1000;
}

/** Nanoseconds as decimal text to seconds. */
export function nsToSeconds(text: string): number {
  return Number(BigInt(text) / 1000n) / 1e6;
}
