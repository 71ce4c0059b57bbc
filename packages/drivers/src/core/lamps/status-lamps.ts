import { LinuxPorts } from '../../transports/ports/linux/linux-ports.js';
import type { GpioPort, OutputPin } from '../../transports/ports/ports.api.js';

/** Which lamps there are and how they behave. */
export interface LampSettings {
  /** N of /dev/gpiochipN. */
  readonly chip: number;
  /** Pin of the lamp that is on while data is taken; null without one. */
  readonly runPin: number | null;
  /** Pin of the lamp that flashes when events were read out; null without one. */
  readonly readoutPin: number | null;
  /** Most flashes per second; a flash and the pause behind it are equally long. */
  readonly mostPerSecond: number;
  /** Lamps between the supply and the pin shine at a low level. */
  readonly activeLow: boolean;
}

/** What lamps show. */
export interface LampState {
  readonly running: boolean;
  /** Events read out so far, in all; going back (a new run) is no event. */
  readonly events: bigint;
}

/** Two lamps at pins: one shines while data is taken, one flashes when events were read out. */
export class StatusLamps {
  private readonly settings: LampSettings;
  private run: OutputPin | undefined;
  private readout: OutputPin | undefined;
  private running = false;
  private lit = false;
  private events = 0n;
  private litMs = -Infinity;

  /** Takes the pins, dark. Throws a PortError that names the way out; nothing stays taken then. */
  constructor(settings: LampSettings, gpio: Pick<GpioPort, 'output'>) {
    const { runPin, readoutPin, activeLow } = settings;
    this.settings = settings;
    try {
      if (runPin !== null) this.run = gpio.output(runPin, activeLow);
      if (readoutPin !== null) this.readout = gpio.output(readoutPin, activeLow);
    } catch (thrown) {
      this.close();
      throw thrown;
    }
  }

  /** Shows a state at a time (any monotonic ms). Call it several times per flash. */
  show({ running, events }: LampState, nowMs: number): void {
    const { activeLow, mostPerSecond } = this.settings;
    if (running !== this.running) this.run?.set(running !== activeLow);
    this.running = running;
    const flashMs = 500 / mostPerSecond;
    const more = events > this.events;
    const begins = more && nowMs - this.litMs >= 2 * flashMs;
    // Events during a flash or its pause are shown by the next one.
    if (!more || begins) this.events = events;
    if (begins) this.litMs = nowMs;
    const lit = nowMs - this.litMs < flashMs;
    if (lit !== this.lit) this.readout?.set(lit !== activeLow);
    this.lit = lit;
  }

  /** Both lamps off, and the pins given back. */
  close(): void {
    const pins = [this.run, this.readout];
    this.run = undefined;
    this.readout = undefined;
    try {
      for (const pin of pins) pin?.set(this.settings.activeLow);
    } finally {
      for (const pin of pins) pin?.close();
    }
  }
}

/** Lamps at the pins of this machine. Throws a PortError that names the way out. */
export function openStatusLamps(settings: LampSettings): Pick<StatusLamps, 'show' | 'close'> {
  const ports = new LinuxPorts();
  try {
    const lamps = new StatusLamps(settings, ports.gpio(settings.chip));
    return {
      show: (state, nowMs) => lamps.show(state, nowMs),
      close: () => {
        try {
          lamps.close();
        } finally {
          ports.close();
        }
      },
    };
  } catch (thrown) {
    ports.close();
    throw thrown;
  }
}
