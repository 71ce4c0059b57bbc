import { describe, expect, it } from 'vitest';
import type { WatchedDetector } from '../run-control/status.service.js';
import { SilenceWatch } from './silence-watch.js';

const heard: WatchedDetector = {
  id: 'd1',
  name: 'demo',
  expected: true,
  reachable: true,
  lastReportAt: '2026-01-01T00:00:00.000Z',
  run: 7,
  sources: ['left', 'right'],
};
const silent = { ...heard, reachable: false };

describe('the watch for silence', () => {
  it('raises one alarm for the process and one per source, once, and clears all of them', () => {
    const watch = new SilenceWatch();
    expect(watch.look([heard], 0)).toEqual({ raise: [], clear: [] });
    expect(watch.look([silent], 1_000).raise).toEqual([]);
    expect(watch.look([silent], 5_000).raise).toEqual([]);
    const { raise } = watch.look([silent], 6_000);
    expect(raise.map(({ code, subject, severity }) => [code, subject, severity])).toEqual([
      ['acquisition.unreachable', 'acquisition', 'alarm'],
      ['source.unheard', 'left', 'alarm'],
      ['source.unheard', 'right', 'alarm'],
    ]);
    expect(raise[0]?.message).toContain('since 2026-01-01 00:00:00 UTC. Run 7 was going on');
    expect(watch.look([silent], 60_000)).toEqual({ raise: [], clear: [] });
    expect(watch.look([heard], 61_000).clear.map(({ subject }) => subject)).toEqual([
      'acquisition',
      'left',
      'right',
    ]);
    expect(watch.look([heard], 62_000)).toEqual({ raise: [], clear: [] });
  });

  it('gives a process that starts together with this one more time', () => {
    const watch = new SilenceWatch();
    const idle = { ...silent, lastReportAt: null, run: undefined, sources: [] };
    expect(watch.look([idle], 0).raise).toEqual([]);
    expect(watch.look([idle], 29_000).raise).toEqual([]);
    expect(watch.look([idle], 30_000).raise).toMatchObject([{ severity: 'warning' }]);
    expect(watch.look([{ ...idle, expected: false }], 31_000).clear).toHaveLength(1);
  });

  it('goes on with the alarms of an earlier process', () => {
    const watch = new SilenceWatch();
    const open = { detectorId: 'd1', subject: 'acquisition', code: 'acquisition.unreachable' };
    watch.adopt([open]);
    expect(watch.look([silent], 0)).toEqual({ raise: [], clear: [] });
    expect(watch.look([silent], 100_000)).toEqual({ raise: [], clear: [] });
    expect(watch.look([heard], 101_000)).toEqual({ raise: [], clear: [open] });
  });

  it('does not count a short silence', () => {
    const watch = new SilenceWatch();
    for (let ms = 0; ms < 100_000; ms += 1_000) {
      const { raise } = watch.look([ms % 5_000 === 0 ? heard : silent], ms);
      expect(raise).toEqual([]);
    }
  });
});
