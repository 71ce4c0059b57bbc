import { describe, expect, it } from 'vitest';
import { clock, duration, nsToSeconds, secondsBetween, spent, utc, utcTime } from './time';

describe('moments', () => {
  it('are shown in UTC whatever zone the reader is in', () => {
    expect(utc('2026-03-01T23:59:58.123+02:00')).toBe('2026-03-01 21:59:58');
    expect(utc(0, true)).toBe('1970-01-01 00:00:00.000');
    expect(utcTime('2026-03-01T01:02:03Z')).toBe('01:02:03');
  });

  it('that are missing or wrong are a dash', () => {
    expect(utc(null)).toBe('–');
    expect(utc('tomorrow')).toBe('–');
    expect(utcTime(undefined)).toBe('–');
  });
});

describe('spans', () => {
  it('as a clock keep their columns', () => {
    expect(clock(0)).toBe('00:00:00');
    expect(clock(3723.9)).toBe('01:02:03');
    expect(clock(90_061)).toBe('1 d 01:01:01');
    expect(clock(null)).toBe('–');
  });

  it('in words name the two largest units that follow each other', () => {
    expect(duration(12_040)).toBe('3 h 20 min');
    expect(duration(45)).toBe('45 s');
    expect(duration(86_405)).toBe('1 d');
    expect(duration(0.2)).toBe('0 s');
    expect(duration(Number.POSITIVE_INFINITY)).toBe('–');
  });

  it('between moments and from nanoseconds', () => {
    expect(secondsBetween('2026-03-01T00:00:00Z', '2026-03-01T00:01:30Z')).toBe(90);
    expect(secondsBetween(null, '2026-03-01T00:01:30Z')).toBeNull();
    expect(nsToSeconds('1500000000')).toBe(1.5);
  });

  it('are written with a prefix below a minute, as a clock above', () => {
    expect(spent(8.4712)).toBe('8.47 s');
    expect(spent(0.0089)).toBe('8.90 ms');
    expect(spent(0)).toBe('0 s');
    expect(spent(3725)).toBe('01:02:05');
  });
});
