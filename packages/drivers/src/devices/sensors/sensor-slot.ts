import { errorFacts } from '../../core/errors.js';
import type { Ports } from '../../transports/ports/ports.api.js';
import type { Sensor } from './chip/sensor.api.js';
import { kindOf, type SensorConfig } from './sensor-kinds.js';

/** A sensor that is gone is looked for this often, ns. */
const lookEveryNs = 2_000_000_000n;

/** One sensor of the configuration: opens it, reads it when it is due, and looks for it again when it went away. */
export class SensorSlot {
  /** Values of the last reading, as the sensor gave them; NaN without one. */
  values: readonly number[];
  /** Whether the values are those of an earlier reading. */
  held = false;
  /** Why it gives no values; undefined when it does. */
  trouble: string | undefined;
  /** What to tell of it since the last look. */
  readonly news: string[] = [];
  readonly port: string;
  private readonly name: string;
  private readonly config: SensorConfig;
  private readonly ports: Ports;
  private sensor: Sensor | undefined;
  private readonly nothing: readonly number[];
  private readNs: bigint | undefined;
  private lookNs = 0n;

  constructor(name: string, config: SensorConfig, ports: Ports) {
    this.name = name;
    this.config = config;
    this.ports = ports;
    this.port = kindOf(config).port(config);
    this.nothing = kindOf(config)
      .channels(config)
      .map(() => Number.NaN);
    this.values = this.nothing;
  }

  /** Opens the sensor unless it is open, and reads it once. Throws what is in the way. */
  async open(): Promise<void> {
    this.sensor ??= await kindOf(this.config).open(this.config, this.ports);
    this.values = await this.sensor.read();
    this.held = false;
    this.readNs = undefined;
    this.trouble = undefined;
  }

  /** Reads it when it is due. Never throws: a sensor in trouble has no values until it answers again. */
  async read(): Promise<void> {
    const { time } = this.ports;
    const nowNs = time.nowNs();
    const ownNs = BigInt(Math.round(this.config.intervalS * 1e9));
    const due = this.readNs === undefined || nowNs - this.readNs >= ownNs - ownNs / 100n;
    this.held = !due && this.trouble === undefined;
    if (this.held || (this.trouble !== undefined && nowNs < this.lookNs)) return;
    try {
      const again = this.trouble !== undefined;
      this.sensor ??= await kindOf(this.config).open(this.config, this.ports);
      this.values = await this.sensor.read();
      this.readNs = nowNs;
      this.trouble = undefined;
      if (again) this.news.push(`${this.name} answers again`);
    } catch (thrown) {
      this.fail(errorFacts(thrown, this.name).message);
      this.lookNs = time.nowNs() + lookEveryNs;
    }
  }

  /** Lets go of the sensor. */
  close(): void {
    const { sensor } = this;
    this.sensor = undefined;
    try {
      sensor?.close();
    } catch {
      // A chip that is gone cannot be put to sleep.
    }
  }

  private fail(message: string): void {
    if (this.trouble !== message) this.news.push(message);
    this.trouble = message;
    this.values = this.nothing;
    this.held = false;
    this.close();
  }
}
