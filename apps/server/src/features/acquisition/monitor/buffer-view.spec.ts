import { buffersFrame, histogramsFrame } from '@countroom/contracts';
import type { ConsumerStatus } from '@countroom/drivers';
import { zeroTotals } from '@countroom/run-model';
import { describe, expect, it } from 'vitest';
import { BufferView } from './buffer-view.js';
import { histogramsFrameOf } from './histograms.js';

const consumer: ConsumerStatus = {
  name: 'filter',
  kind: 'pulse-filter',
  input: 'scope',
  state: 'working',
  message: '',
  ring: {
    name: 'filter',
    policy: { kind: 'obligatory' },
    offered: 12n,
    delivered: 10n,
    dropped: 0n,
    offeredRows: 12n,
    deliveredRows: 10n,
    droppedRows: 0n,
    lag: 2n,
    lagNs: 3_000_000n,
    serviceNs: 20_000_000n,
    serviceMaxNs: 5_000_000n,
    members: 0,
    attached: true,
  },
  unfinished: 0n,
  events: 10n,
  kept: 4n,
  incomplete: 0n,
  restarts: 1,
  counts: { accepted: 4 },
  values: { tau: 2.1 },
  histograms: [
    {
      name: 'tau',
      title: 'tau',
      unit: 'µs',
      min: 0,
      max: 4,
      bins: 2,
      logarithmic: true,
      counts: Float64Array.of(3, 1),
      entries: 4,
      underflow: 0,
      overflow: 0,
      mean: 1.5,
      sigma: Number.NaN,
    },
  ],
};

describe('BufferView', () => {
  const view = new BufferView();
  const at = (seconds: number, recorded: bigint, phase = 'taking') =>
    view.measure({
      run: 3,
      phase,
      startedNs: 1_000_000_000n,
      totals: {
        ...zeroTotals,
        recorded,
        runTimeNs: BigInt(seconds) * 1_000_000_000n,
        liveTimeNs: BigInt(seconds) * 900_000_000n,
        pausedNs: 0n,
      },
      dead: { transfer: BigInt(seconds) * 100_000_000n },
      sources: [{ name: 'scope', slots: 16, fill: 0.25, full: false, consumers: [consumer] }],
    });

  it('shows rates and life over windows, and the health of consumers', () => {
    for (let s = 1; s <= 20; s++) at(s, BigInt(10 * s));
    const frame = at(21, 310n);
    expect(buffersFrame.parse(frame)).toEqual(frame);
    const [one, ten, whole] = frame.windows;
    expect(one).toMatchObject({ seconds: 1, events: '110', rateHz: 110 });
    expect(ten!.rateHz).toBeCloseTo(20, 9);
    expect(whole).toMatchObject({ seconds: null, events: '310' });
    expect(whole!.liveFraction).toBeCloseTo(0.9, 9);
    expect(whole!.deadFractions['transfer']).toBeCloseTo(0.1, 9);
    expect(frame.history).toHaveLength(21);
    expect(frame.consumers[0]).toMatchObject({
      lag: '2',
      lagMs: 3,
      serviceMeanMs: 2,
      restarts: 1,
      source: 'scope',
    });
  });

  it('has rate 0 in its history while paused, and begins anew with a run', () => {
    expect(at(22, 310n, 'paused').history.at(-1)).toBe(0);
    view.clear();
    expect(at(1, 5n).history).toHaveLength(1);
  });
});

describe('histogramsFrameOf', () => {
  it('puts all histograms into one payload', () => {
    const frame = histogramsFrameOf(3, [consumer, { ...consumer, name: 'other' }])!;
    expect(histogramsFrame.parse(frame.header)).toEqual(frame.header);
    expect(frame.header.histograms[1]).toMatchObject({
      consumer: 'other',
      offset: 2,
      length: 2,
      sigma: null,
    });
    expect([...new Float32Array(frame.payload.buffer)]).toEqual([3, 1, 3, 1]);
    expect(histogramsFrameOf(3, [])).toBeUndefined();
  });
});
