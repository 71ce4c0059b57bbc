import { expect, it } from 'vitest';
import { picoScopeShape } from '../pico-scope.config.js';
import { resolvePicoScope } from '../settings/resolve.js';
import { deviceFindings } from './device-limits.js';

const facts = { model: '2406B', serial: '', driverVersion: '', hardwareVersion: '', calibrated: '' };

it('a unit has the last word on offsets and segments', () => {
  const config = picoScopeShape.parse({
    channels: [
      { name: 'A', rangeV: 0.2, offsetV: 0.2 },
      { name: 'B', rangeV: 0.2, offsetV: -0.1 },
      { name: 'C', rangeV: 1 },
    ],
    mode: 'rapid-block',
    captures: 500,
  });
  const settings = resolvePicoScope(config);
  const asked: number[] = [];
  const unit = {
    facts,
    offsetLimits: (range: number): readonly [number, number] => {
      asked.push(range);
      return [-0.05, 0.25];
    },
    mostSegments: (): number => 128,
  };
  expect(deviceFindings(unit, config, settings)).toMatchObject([
    { place: 'channels.1.offsetV', severity: 'error', nearest: -0.05 },
    { place: 'captures', severity: 'error', nearest: 128 },
  ]);
  expect(asked).toEqual([4, 4]);
  const silent = { facts, offsetLimits: () => undefined, mostSegments: () => undefined };
  expect(deviceFindings(silent, config, settings)).toEqual([]);
});
