import type { Alarm, LiveFrame, SpectrumFrame } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { LiveHub } from './live-hub.js';

interface Received {
  readonly frame: LiveFrame;
  readonly payload: Uint8Array;
  readonly acknowledge: () => void;
}

function viewer(
  hub: LiveHub,
  topic: Parameters<LiveHub['subscribe']>[0]['topic'],
  options: {
    params?: Record<string, string>;
    after?: string;
    mayReceive?: (header: unknown) => boolean;
  } = {},
) {
  const received: Received[] = [];
  const opened = hub.subscribe({
    topic,
    params: options.params ?? {},
    after: options.after,
    mayReceive: options.mayReceive ?? (() => true),
    send: (frame, payload, acknowledge) => received.push({ frame, payload, acknowledge }),
  });
  return { received, opened };
}
const demo = { detector: 'demo' };

describe('latest topics', () => {
  const rates = (totalHz: number) => ({
    header: {
      run: 1,
      channels: [],
      totalHz,
      bytesPerSecond: 0,
      deviceDeadFraction: 0,
      bufferDeadFraction: 0,
      bufferFill: 0,
      history: [],
      historyStepMs: 1000,
    },
    dataAtMs: totalHz,
  });

  it('give a slow viewer the newest and count what it missed; a quick one gets all', () => {
    const hub = new LiveHub();
    const slow = viewer(hub, 'detector.rates', { params: demo });
    const quick = viewer(hub, 'detector.rates', { params: demo });
    for (let i = 1; i <= 5; i++) {
      hub.publish('detector.rates', demo, rates(i));
      quick.received.at(-1)!.acknowledge();
    }
    expect(quick.received.map(({ frame }) => frame.dataAtMs)).toEqual([1, 2, 3, 4, 5]);
    expect(slow.received.map(({ frame }) => frame.dataAtMs)).toEqual([1]);
    slow.received[0]!.acknowledge();
    expect(slow.received.map(({ frame }) => [frame.dataAtMs, frame.dropped])).toEqual([
      [1, 0],
      [5, 3],
    ]);
  });

  it('show a newcomer the newest at once, and are wanted only while somebody looks', () => {
    const hub = new LiveHub();
    const interest: [string, boolean][] = [];
    hub.onInterest((key, wanted) => interest.push([key, wanted]));
    const first = viewer(hub, 'detector.rates', { params: demo });
    hub.publish('detector.rates', demo, rates(1));
    const second = viewer(hub, 'detector.rates', { params: demo });
    expect(second.received).toHaveLength(1);
    first.opened.close();
    second.opened.close();
    expect(interest).toEqual([
      ['detector.rates:demo', true],
      ['detector.rates:demo', false],
    ]);
  });

  it('refuse parameters that name nothing', () => {
    expect(() => viewer(new LiveHub(), 'detector.rates', { params: { detector: '../x' } })).toThrow(
      /detector/,
    );
    expect(() => viewer(new LiveHub(), 'detector.rates')).toThrow(/detector/);
  });
});

describe('cumulative topics', () => {
  const spectrum = (counts: readonly number[], generation = 1) => {
    const header: SpectrumFrame = {
      run: 1,
      generation,
      full: true,
      since: 0,
      unit: 'adc',
      min: 0,
      max: 8,
      bins: 8,
      channels: [{ channel: 0, source: 'a', entries: 0, underflow: 0, overflow: 0, offset: 0, length: 8 }],
    };
    return { header, payload: new Uint8Array(Uint32Array.from(counts).buffer), dataAtMs: 0 };
  };
  const words = ({ payload }: Received): number[] => [...new Uint32Array(payload.slice().buffer)];

  it('send the difference to what this viewer acknowledged, and everything when that is not known', () => {
    const hub = new LiveHub();
    const { received } = viewer(hub, 'detector.spectrum', { params: demo });
    hub.publish('detector.spectrum', demo, spectrum([1, 0, 0, 0, 0, 0, 0, 0]));
    expect(received[0]!.frame.header).toMatchObject({ full: true });
    hub.publish('detector.spectrum', demo, spectrum([2, 0, 0, 0, 0, 0, 0, 0]));
    hub.publish('detector.spectrum', demo, spectrum([2, 0, 3, 0, 0, 0, 0, 0]));
    received[0]!.acknowledge();
    expect(received[1]!.frame).toMatchObject({
      dropped: 1,
      header: { full: false, since: received[0]!.frame.sequence },
    });
    expect(words(received[1]!)).toEqual([0, 2, 2, 3]);
    received[1]!.acknowledge();
    hub.publish('detector.spectrum', demo, spectrum([0, 0, 0, 0, 0, 0, 0, 1], 2));
    expect(received[2]!.frame.header).toMatchObject({ full: true, generation: 2 });
    const late = viewer(hub, 'detector.spectrum', { params: demo });
    expect(late.received[0]!.frame.header).toMatchObject({ full: true });
  });

  it('add up to the newest state for any pattern of acknowledgements', () => {
    const hub = new LiveHub();
    const { received } = viewer(hub, 'detector.spectrum', { params: demo });
    const truth = [0, 0, 0, 0, 0, 0, 0, 0];
    const seen = [...truth];
    let applied = 0;
    const apply = (): void => {
      const item = received[applied];
      if (item === undefined) return;
      applied++;
      const header = item.frame.header as SpectrumFrame;
      if (header.full) seen.splice(0, 8, ...words(item));
      else for (let i = 0; i < words(item).length; i += 2) seen[words(item)[i]!] = words(item)[i + 1]!;
      item.acknowledge();
    };
    for (let step = 0; step < 100; step++) {
      truth[(step * 5) % 8]!++;
      hub.publish('detector.spectrum', demo, spectrum(truth));
      if (step % 7 < 3) apply();
    }
    while (applied < received.length) apply();
    expect(seen).toEqual(truth);
  });
});

describe('log topics', () => {
  const line = (id: number, detector: string | null = null) => {
    const header = { id: String(id), detector } as unknown as Alarm;
    return { header, dataAtMs: id, cursor: BigInt(id) };
  };

  it('send lines from the cursor on, each once and in order, with what came meanwhile behind', async () => {
    const hub = new LiveHub();
    let give: (lines: { cursor: bigint; dataAtMs: number; header: unknown }[]) => void = () => undefined;
    hub.registerLog('alarm.changed', async () => new Promise((resolve) => (give = resolve)));
    const { received } = viewer(hub, 'alarm.changed', { after: '1' });
    hub.publish('alarm.changed', {}, line(4));
    hub.publish('alarm.changed', {}, line(5));
    expect(received).toEqual([]);
    give([line(2), line(3), line(4)]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(received.map(({ frame }) => frame.dataAtMs)).toEqual([2, 3, 4, 5]);
  });

  it('are kept from who may not see them, and tell a viewer that never reads what it lost', async () => {
    const hub = new LiveHub();
    const own = viewer(hub, 'alarm.changed', {
      mayReceive: (header) => (header as Alarm).detector === 'mine',
    });
    const stuck = viewer(hub, 'alarm.changed');
    await new Promise((resolve) => setImmediate(resolve));
    hub.publish('alarm.changed', {}, line(1, 'other'));
    hub.publish('alarm.changed', {}, line(2, 'mine'));
    expect(own.received.map(({ frame }) => frame.dataAtMs)).toEqual([2]);
    for (let id = 3; id < 1000; id++) hub.publish('alarm.changed', {}, line(id, 'other'));
    const before = stuck.received.length;
    for (const one of stuck.received.slice()) one.acknowledge();
    expect(before).toBeLessThan(50);
    expect(stuck.received.at(-1)!.frame.dropped).toBeGreaterThan(400);
  });
});
