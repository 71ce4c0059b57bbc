import { describe, expect, it } from 'vitest';
import { PortError } from '../../transports/ports/port-error.js';
import type { GpioPort } from '../../transports/ports/ports.api.js';
import { openStatusLamps, StatusLamps } from './status-lamps.js';

/** Pins that write down what happens to them. */
function bench(refuse?: number): { story: string[]; gpio: Pick<GpioPort, 'output'> } {
  const story: string[] = [];
  const gpio: Pick<GpioPort, 'output'> = {
    output: (line, high) => {
      if (line === refuse) throw new PortError('busy', `line ${line}`, `pin ${line} is in use`);
      story.push(`take ${line} ${high ? 'high' : 'low'}`);
      return {
        set: (up) => void story.push(`${line} ${up ? 'high' : 'low'}`),
        close: () => void story.push(`give ${line}`),
      };
    },
  };
  return { story, gpio };
}

const settings = { chip: 0, runPin: 24, readoutPin: 25, mostPerSecond: 5, activeLow: false };

describe('status lamps', () => {
  it('shine while data is taken, flash with events at most so many times per second, and go out', () => {
    const { story, gpio } = bench();
    const lamps = new StatusLamps(settings, gpio);
    const told: string[] = [];
    for (let ms = 0; ms <= 600; ms += 50) {
      const before = story.length;
      // Events come until 300 ms, much faster than the lamp may flash; then there is a pause of the run.
      lamps.show({ running: ms < 450, events: BigInt(Math.min(ms, 300)) }, ms);
      told.push(...story.slice(before).map((line) => `${ms}: ${line}`));
    }
    expect(told).toEqual([
      '0: 24 high',
      '50: 25 high',
      '150: 25 low',
      '250: 25 high',
      '350: 25 low',
      '450: 24 low',
      '450: 25 high',
      '550: 25 low',
    ]);
    lamps.close();
    expect(story.slice(-4)).toEqual(['24 low', '25 low', 'give 24', 'give 25']);
  });

  it('give all pins back, also when one cannot be put out', () => {
    const { story, gpio } = bench();
    const broken = (line: number, high: boolean) => {
      const pin = gpio.output(line, high);
      if (line !== 24) return pin;
      const set = (): never => {
        throw new PortError('busy', 'line 24', 'the chip is gone');
      };
      return { ...pin, set };
    };
    const lamps = new StatusLamps(settings, { output: broken });
    expect(() => lamps.close()).toThrow('the chip is gone');
    expect(story.slice(-2)).toEqual(['give 24', 'give 25']);
  });

  it('take the counters of a new run for a beginning', () => {
    const { story, gpio } = bench();
    const lamps = new StatusLamps({ ...settings, runPin: null }, gpio);
    lamps.show({ running: true, events: 100n }, 0);
    lamps.show({ running: true, events: 0n }, 1000);
    lamps.show({ running: true, events: 0n }, 2000);
    lamps.show({ running: true, events: 1n }, 3000);
    expect(story).toEqual(['take 25 low', '25 high', '25 low', '25 high']);
  });

  it('at the supply shine at a low level', () => {
    const { story, gpio } = bench();
    const lamps = new StatusLamps({ ...settings, readoutPin: null, activeLow: true }, gpio);
    lamps.show({ running: true, events: 5n }, 0);
    lamps.close();
    expect(story).toEqual(['take 24 high', '24 low', '24 high', 'give 24']);
  });

  it('give a pin back when the other is taken, and say what is missing on this machine', () => {
    const { story, gpio } = bench(25);
    expect(() => new StatusLamps(settings, gpio)).toThrow(/pin 25 is in use/);
    expect(story).toEqual(['take 24 low', '24 low', 'give 24']);
    expect(() => openStatusLamps({ ...settings, chip: 250 })).toThrow(
      /gpiochip250.*gpiodetect|on Linux only/,
    );
  });
});
