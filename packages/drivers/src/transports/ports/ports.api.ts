/** A bus of two wires with addressed chips. */
export interface I2cPort {
  /** For messages: `/dev/i2c-1`. */
  readonly name: string;
  /**
   * One transaction: the bytes are written (when there are any), then so many are read behind a repeated start (0: none).
   * Throws a PortError `no-answer` when no chip has the address.
   */
  transfer(address: number, write: readonly number[], readLength: number): Uint8Array;
}

/** How a chip wants to be spoken to. */
export interface SpiMode {
  /** Polarity and phase of the clock. */
  readonly mode: 0 | 1 | 2 | 3;
  readonly speedHz: number;
}

/** A chip at a serial bus with a select line of its own. */
export interface SpiPort {
  readonly name: string;
  /** Clocks the bytes out and as many in, with the chip selected all the time. */
  transfer(write: readonly number[], mode: SpiMode): Uint8Array;
}

/** The one-wire bus of the system. */
export interface OneWirePort {
  readonly name: string;
  /** Names of the chips, such as `28-0316a2795cff`. */
  list(): Promise<string[]>;
  /** What the system's driver says of a chip; for thermometers this starts a conversion and takes up to a second. */
  read(device: string): Promise<string>;
}

/** Resistor that holds an input while nothing drives it. */
export type PinBias = 'none' | 'up' | 'down';

/** A pin that is driven. */
export interface OutputPin {
  set(high: boolean): void;
  /** Gives the pin back; it becomes what the system makes of it. */
  close(): void;
}

/** A pin that is read. */
export interface InputPin {
  get(): boolean;
  close(): void;
}

/** Edges at a pin since it was opened; exact also when the system could not keep every event. */
export interface EdgeCounter {
  /** Edges so far. */
  count(): number;
  close(): void;
}

/** Pins of a chip. */
export interface GpioPort {
  readonly name: string;
  /** Throws a PortError `busy` when somebody has the pin. */
  output(line: number, high: boolean): OutputPin;
  input(line: number, bias: PinBias): InputPin;
  counter(line: number, edge: 'rising' | 'falling', bias: PinBias, debounceUs: number): EdgeCounter;
}

/** Time as the ports have it: that of the host, or of a simulation that may run faster. */
export interface PortTime {
  /** Monotonic, ns. */
  nowNs(): bigint;
  sleep(ms: number): Promise<void>;
  /** Only where time is made of software: goes on at a later time. */
  skipTo?(ns: bigint): void;
}

/** The ways to sensors. What was opened stays open until `close`. */
export interface Ports {
  readonly time: PortTime;
  i2c(bus: number): I2cPort;
  spi(bus: number, select: number): SpiPort;
  oneWire(): OneWirePort;
  gpio(chip: number): GpioPort;
  close(): void;
}
