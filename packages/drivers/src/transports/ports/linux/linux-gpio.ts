import { readSync } from 'node:fs';
import { errno, openFault, PortError } from '../port-error.js';
import type { EdgeCounter, GpioPort, InputPin, OutputPin, PinBias } from '../ports.api.js';
import type { SystemCalls } from './system-calls.js';

/** Requests of linux/gpio.h, second version: `GPIO_V2_GET_LINE`, `GPIO_V2_LINE_GET_VALUES`, `GPIO_V2_LINE_SET_VALUES`. */
const lineRequest = 0xc250b407;
const getRequest = 0xc010b40e;
const setRequest = 0xc010b40f;

const flag = { input: 1 << 2, output: 1 << 3, rising: 1 << 4, falling: 1 << 5 } as const;
const biasFlag: Readonly<Record<PinBias, number>> = { up: 1 << 8, down: 1 << 9, none: 1 << 10 };
const attribute = { values: 2, debounce: 3 } as const;

/** `struct gpio_v2_line_request`: 64 offsets, name of the consumer, configuration (272 bytes), counts, descriptor. */
const place = {
  consumer: 256,
  flags: 288,
  attributes: 296,
  list: 320,
  lines: 560,
  buffer: 564,
  descriptor: 588,
};
const requestBytes = 592;
/** `struct gpio_v2_line_event`. */
const eventBytes = 48;
const eventNumberAt = 20;
/** Events that the system keeps; counts stay exact beyond. */
const keptEvents = 1024;

interface LineSettings {
  readonly flags: number;
  readonly attribute?: { readonly id: number; readonly value: number };
  readonly events?: number;
}

/** The structure that asks for one line. Exported for the tests. */
export function lineRequestOf(line: number, settings: LineSettings): Buffer {
  const request = Buffer.alloc(requestBytes);
  request.writeUInt32LE(line, 0);
  request.write('countroom', place.consumer, 'latin1');
  request.writeBigUInt64LE(BigInt(settings.flags), place.flags);
  if (settings.attribute !== undefined) {
    request.writeUInt32LE(1, place.attributes);
    request.writeUInt32LE(settings.attribute.id, place.list);
    request.writeBigUInt64LE(BigInt(settings.attribute.value), place.list + 8);
    request.writeBigUInt64LE(1n, place.list + 16);
  }
  request.writeUInt32LE(1, place.lines);
  request.writeUInt32LE(settings.events ?? 0, place.buffer);
  return request;
}

/** Pins of Linux: `/dev/gpiochipN` (linux/gpio.h, second version, kernel 5.10 or later). */
export class LinuxGpio implements GpioPort {
  readonly name: string;
  private readonly system: SystemCalls;
  private readonly descriptor: number;

  /** Opens the chip. Throws a PortError that names the way out. */
  constructor(system: SystemCalls, chip: number) {
    this.name = `/dev/gpiochip${chip}`;
    this.system = system;
    this.descriptor = system.open('gpio', this.name);
  }

  output(line: number, high: boolean): OutputPin {
    const attributes = { id: attribute.values, value: high ? 1 : 0 };
    const descriptor = this.request(line, { flags: flag.output, attribute: attributes });
    return {
      set: (up) => this.values(descriptor, setRequest, up ? 1 : 0),
      close: () => this.system.close(descriptor),
    };
  }

  input(line: number, bias: PinBias): InputPin {
    const descriptor = this.request(line, { flags: flag.input | biasFlag[bias] });
    return {
      get: () => this.values(descriptor, getRequest, 0) === 1,
      close: () => this.system.close(descriptor),
    };
  }

  counter(line: number, edge: 'rising' | 'falling', bias: PinBias, debounceUs: number): EdgeCounter {
    const descriptor = this.request(line, {
      flags: flag.input | flag[edge] | biasFlag[bias],
      ...(debounceUs > 0 ? { attribute: { id: attribute.debounce, value: debounceUs } } : {}),
      events: keptEvents,
    });
    const events = Buffer.alloc(64 * eventBytes);
    let edges = 0;
    return {
      count: () => {
        while (this.system.readable(descriptor)) {
          const length = readSync(descriptor, events, 0, events.length, null);
          if (length < eventBytes) break;
          // The number of the newest event counts those as well that found no room.
          edges += (events.readUInt32LE(length - eventBytes + eventNumberAt) - edges) >>> 0;
        }
        return edges;
      },
      close: () => this.system.close(descriptor),
    };
  }

  /** Closes the chip. */
  close(): void {
    this.system.close(this.descriptor);
  }

  private request(line: number, settings: LineSettings): number {
    const request = lineRequestOf(line, settings);
    const code = this.system.control(this.descriptor, lineRequest, request);
    if (code === 0) return request.readInt32LE(place.descriptor);
    const pin = `${this.name} line ${line}`;
    if (code === errno.EBUSY) {
      throw new PortError(
        'busy',
        pin,
        `pin ${line} of ${this.name} is in use (gpioinfo shows by whom): take another, or end what has it`,
      );
    }
    if (code === errno.EINVAL) {
      throw new PortError(
        'missing',
        pin,
        `${this.name} has no pin ${line} that can do this: gpioinfo lists its pins (numbers of the chip, not of the connector)`,
      );
    }
    if (code === errno.EPERM || code === errno.EACCES) throw openFault('gpio', pin, 'EACCES');
    throw new PortError('other', pin, `pin ${line} of ${this.name} could not be taken: error ${code}`);
  }

  /** `struct gpio_v2_line_values`: bits, and which of them count. */
  private values(descriptor: number, request: number, bits: 0 | 1): number {
    const values = Buffer.alloc(16);
    values.writeBigUInt64LE(BigInt(bits), 0);
    values.writeBigUInt64LE(1n, 8);
    const code = this.system.control(descriptor, request, values);
    if (code !== 0) throw new PortError('other', this.name, `a pin of ${this.name} was lost: error ${code}`);
    return Number(values.readBigUInt64LE(0) & 1n);
  }
}
