import { z } from 'zod';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, gpioKeys, pinKey } from '../chip/settings.js';

const settings = z
  .strictObject({
    kind: z.literal('gpio-counter'),
    ...commonKeys,
    ...gpioKeys,
    pin: pinKey('Pin', 17),
    edge: z.enum(['rising', 'falling']).default('rising').meta({ title: 'Edge' }),
    bias: z.enum(['none', 'up', 'down']).default('none').meta({
      title: 'Resistor',
      description: 'of the pin: to the supply (up), to ground (down)',
    }),
    debounceUs: z.int().min(0).max(1_000_000).default(0).meta({
      title: 'Edges within',
      unit: 'us',
      description: 'of one another are one; 0: each counts',
    }),
  })
  .meta({ title: 'Counter at a pin' });

/** Edges at a pin, as those of a Geiger counter: how many since the reading before, and how many per second. */
export const gpioCounter = defineSensor({
  kind: 'gpio-counter',
  title: 'Counter',
  settings,
  channels: () => [
    { name: 'counts', unit: '', low: 0, high: 1e9 },
    { name: 'rate', unit: 'Hz', low: 0, high: 1e6 },
  ],
  port: ({ chip, pin }) => `gpio-${chip}-${pin}`,
  place: ({ chip, pin }) => `/dev/gpiochip${chip} pin ${pin}`,
  open: ({ chip, pin, edge, bias, debounceUs }, ports) => {
    const counter = ports.gpio(chip).counter(pin, edge, bias, debounceUs);
    let last = { count: counter.count(), atNs: ports.time.nowNs() };
    const read = (): number[] => {
      const now = { count: counter.count(), atNs: ports.time.nowNs() };
      const counts = now.count - last.count;
      const seconds = Number(now.atNs - last.atNs) / 1e9;
      last = now;
      return [counts, seconds > 0 ? counts / seconds : 0];
    };
    return Promise.resolve({ read: () => Promise.resolve(read()), close: () => counter.close() });
  },
});
