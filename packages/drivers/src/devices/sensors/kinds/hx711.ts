import { z } from 'zod';
import { DriverError } from '../../../core/errors.js';
import type { InputPin } from '../../../transports/ports/ports.api.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, gpioKeys, pinKey } from '../chip/settings.js';

const settings = z
  .strictObject({
    kind: z.literal('hx711'),
    ...commonKeys,
    ...gpioKeys,
    dataPin: pinKey('Pin of the data (DOUT)', 5),
    clockPin: pinKey('Pin of the clock (SCK)', 6),
    input: z.enum(['A128', 'A64', 'B32']).default('A128').meta({ title: 'Input and gain' }),
    average: z.int().min(1).max(100).default(1).meta({ title: 'Values per reading' }),
  })
  .meta({ title: 'HX711: balance' });

/** Clocks of a reading by the input of the next one (Avia Semiconductor HX711, table 3). */
const clocks = { A128: 25, B32: 26, A64: 27 } as const;
/** A clock that is high for longer than 60 µs sends the chip to sleep. */
const longestHighNs = 50_000n;
const attempts = 5;

/** A value of 24 bits, two's complement. */
export function hx711Counts(bits: number): number {
  return (bits << 8) >> 8;
}

/** Converter of 24 bits for bridges: a balance. Two pins, clocked by hand; slow clocks are seen and the reading taken again. */
export const hx711 = defineSensor({
  kind: 'hx711',
  title: 'HX711',
  settings,
  channels: () => [{ name: 'weight', unit: '', low: -8_388_608, high: 8_388_607 }],
  port: ({ chip, dataPin }) => `gpio-${chip}-${dataPin}`,
  place: ({ chip, dataPin, clockPin }) => `/dev/gpiochip${chip} pins ${dataPin} and ${clockPin}`,
  open: async (chosen, ports) => {
    const port = ports.gpio(chosen.chip);
    const clock = port.output(chosen.clockPin, false);
    let data: InputPin;
    try {
      data = port.input(chosen.dataPin, 'none');
    } catch (thrown) {
      clock.close();
      throw thrown;
    }
    const place = `${port.name} pins ${chosen.dataPin} and ${chosen.clockPin}`;
    const fail = (text: string): DriverError =>
      new DriverError('device', place, `HX711 at ${place}: ${text}`);
    const ready = async (): Promise<void> => {
      const lastNs = ports.time.nowNs() + 1_000_000_000n;
      while (data.get()) {
        if (ports.time.nowNs() > lastNs)
          throw fail('gives no value: check supply, ground and which pin is which');
        await ports.time.sleep(2);
      }
    };
    /** 24 bits, highest first, and the clocks that choose the next input; undefined when a clock was too slow. */
    const shift = (): number | undefined => {
      let bits = 0;
      let slow = false;
      for (let pulse = 0; pulse < clocks[chosen.input]; pulse++) {
        const fromNs = ports.time.nowNs();
        clock.set(true);
        clock.set(false);
        slow ||= ports.time.nowNs() - fromNs > longestHighNs;
        if (pulse < 24) bits = (bits << 1) | (data.get() ? 1 : 0);
      }
      return slow ? undefined : hx711Counts(bits);
    };
    const one = async (): Promise<number> => {
      for (let attempt = 0; attempt < attempts; attempt++) {
        await ready();
        const counts = shift();
        if (counts !== undefined) return counts;
      }
      throw fail('the machine is too busy for its clock: end other programs, or read less often');
    };
    const read = async (): Promise<number[]> => {
      let sum = 0;
      for (let i = 0; i < chosen.average; i++) sum += await one();
      return [sum / chosen.average];
    };
    const close = (): void => {
      clock.close();
      data.close();
    };
    try {
      // The first value is of the input that was chosen before.
      await one();
    } catch (thrown) {
      close();
      throw thrown;
    }
    return { read, close };
  },
});
