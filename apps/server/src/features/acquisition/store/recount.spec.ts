import { zeroCounters } from '@countroom/contracts';
import type { SourceRecount } from '@countroom/drivers';
import { describe, expect, it } from 'vitest';
import { recounted } from './recount.js';

const account = {
  timeNs: 1_000n,
  triggers: 620n,
  recorded: 600n,
  dropped: 20n,
  runNs: 900n,
  pausedNs: 100n,
  liveNs: 700n,
  deadNs: 90n,
  bufferNs: 10n,
};
const left: SourceRecount = {
  source: 'scope',
  events: 305n,
  bytes: 77n,
  rowsPerEvent: 2,
  account,
  complete: false,
};
const told = {
  name: 'scope',
  driver: 'picoscope',
  counters: { ...zeroCounters, triggers: '248', recorded: '246', dropped: '2' },
};
const driverOf = (): string => 'replay';

describe('counters of a run that was cut off', () => {
  it('are those of the spool: events to the last, times to the last account, which split without rest', () => {
    const { counters, sources } = recounted([told], [left], driverOf);
    expect(sources[0]).toMatchObject({ name: 'scope', driver: 'picoscope', counters });
    expect(counters).toEqual({
      triggers: '315',
      recorded: '305',
      dropped: '10',
      written: '305',
      durable: '305',
      bytes: '77',
      runTimeNs: '900',
      liveTimeNs: '700',
      deviceDeadNs: '90',
      bufferDeadNs: '10',
      pausedNs: '100',
      countedUntilNs: '1000',
    });
  });

  it('say nothing of a cut where the account is that of the end', () => {
    const { counters } = recounted([told], [{ ...left, complete: true }], driverOf);
    expect(counters).not.toHaveProperty('countedUntilNs');
  });

  it('are there for sources that no report told of, and leave those that wrote nothing', () => {
    const silent = { ...told, name: 'silent', counters: { recorded: '0' } };
    const beyond = { ...account, timeNs: 2_000n, runNs: 1_900n, liveNs: 1_700n };
    const later = { ...left, source: 'late', account: beyond };
    const { counters, sources } = recounted([silent, told], [left, later], driverOf);
    expect(sources.map(({ name, driver }) => `${name} ${driver}`)).toEqual([
      'silent picoscope',
      'scope picoscope',
      'late replay',
    ]);
    expect(counters).toMatchObject({ recorded: '610', countedUntilNs: '1000' });
    // The times of the one that was cut off first: they belong together.
    expect(counters).toMatchObject({ runTimeNs: '900', liveTimeNs: '700', deviceDeadNs: '90' });
  });

  it('keep the times told last where the spool has no account', () => {
    const before = { ...told, counters: { ...told.counters, runTimeNs: '5' } };
    const { counters } = recounted([before], [{ ...left, account: undefined }], driverOf);
    expect(counters).toMatchObject({ triggers: '307', recorded: '305', dropped: '2', runTimeNs: '5' });
    expect(counters).not.toHaveProperty('countedUntilNs');
  });
});
