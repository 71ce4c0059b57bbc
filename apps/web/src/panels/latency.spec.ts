import { expect, it } from 'vitest';
import { LatencyMeter } from './latency';

it('the time from trigger to screen is the median of the last seconds, told once a second', () => {
  const meter = new LatencyMeter();
  expect(meter.add(0, 80)).toBe('80 ms from trigger to screen');
  expect(meter.add(100, 300)).toBe('80 ms from trigger to screen');
  expect(meter.add(200, 90)).toBe('80 ms from trigger to screen');
  expect(meter.add(1100, 100)).toBe('100 ms from trigger to screen');
  expect(meter.add(7000, 2400)).toBe('2.4 s from trigger to screen');
});

it('a clock that makes data come from the future tells nothing', () => {
  const meter = new LatencyMeter();
  expect(meter.add(0, -40)).toBe('');
  for (let at = 1; at < 4; at++) meter.add(at, 60);
  expect(meter.add(2000, 60)).toBe('60 ms from trigger to screen');
});

it('a recording that is replayed tells nothing', () => {
  expect(new LatencyMeter().add(0, 1_795_312_207_200)).toBe('');
});
