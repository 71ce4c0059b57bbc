/** What the conformance suite needs to know of a kind of driver beyond its definition: fast settings, a bad one, commands to try. */
export interface DriverTrial {
  /** Makes data all the time. */
  readonly lively: object;
  /** Ends by itself soon, and repeats for its seed. */
  readonly repeatable: object;
  readonly other: object;
  readonly bad: { readonly config: object; readonly place: string };
  readonly command: { readonly name: string; readonly parameters: object; readonly bad: object };
  readonly cancellable: { readonly name: string; readonly parameters: object };
  /** Absent for kinds that have none. */
  readonly setting?: { readonly name: string; readonly value: number; readonly bad: number };
}

const scope = {
  channels: [
    { name: 'A', rangeV: 0.2, offsetV: 0.1, coupling: 'DC' },
    { name: 'B', rangeV: 0.2, offsetV: 0.1, coupling: 'DC' },
  ],
  recordS: 2e-6,
  samples: 500,
  trigger: { channel: 'A', thresholdV: -0.04, direction: 'falling' },
};

/** By kind; every kind has one. */
export const driverTrials: Readonly<Record<string, DriverTrial>> = {
  'simulated-digitizer': {
    lively: {
      channels: [
        { channel: 0, rateHz: 2000 },
        { channel: 1, rateHz: 500 },
      ],
      recordSamples: 128,
      preTriggerSamples: 64,
    },
    repeatable: {
      pacing: 'fast',
      maxEvents: 500,
      recordSamples: 128,
      preTriggerSamples: 64,
      seed: 9,
      truth: true,
    },
    other: {
      pacing: 'fast',
      maxEvents: 500,
      recordSamples: 128,
      preTriggerSamples: 64,
      seed: 10,
      truth: true,
    },
    bad: { config: { channels: [{ channel: 0, rateHz: -5 }] }, place: 'channels.0.rateHz' },
    command: { name: 'pulser', parameters: { on: true, rateHz: 100 }, bad: { on: 'perhaps' } },
    cancellable: { name: 'recalibrate-baseline', parameters: { targetAdc: 12_000 } },
    setting: { name: 'ch0/high-voltage-set', value: 3500, bad: 99_999 },
  },
  picoscope: {
    lively: {
      ...scope,
      mode: 'rapid-block',
      captures: 20,
      latencyMs: 50,
      simulation: { rateHz: 3000, roundTripUs: 50 },
    },
    repeatable: {
      ...scope,
      maxEvents: 300,
      simulation: { rateHz: 500, pacing: 'fast', seed: 9, truth: true },
    },
    other: { ...scope, maxEvents: 300, simulation: { rateHz: 500, pacing: 'fast', seed: 10, truth: true } },
    bad: { config: { channels: [{ name: 'A', rangeV: -5 }] }, place: 'channels.0.rangeV' },
    command: { name: 'identify', parameters: { flashes: 1 }, bad: { flashes: 'often' } },
    cancellable: { name: 'identify', parameters: { flashes: 30 } },
  },
  picolog: {
    lively: { channels: [{ input: 1 }, { input: 2 }], intervalS: 0.005 },
    repeatable: {
      channels: [{ input: 1 }, { input: 2 }],
      mode: 'block',
      maxEvents: 200,
      simulation: { pacing: 'fast', seed: 9 },
    },
    other: {
      channels: [{ input: 1 }, { input: 2 }],
      mode: 'block',
      maxEvents: 200,
      simulation: { pacing: 'fast', seed: 10 },
    },
    bad: { config: { channels: [{ input: 17 }] }, place: 'channels.0.input' },
    command: { name: 'read', parameters: { readings: 2 }, bad: { readings: 0 } },
    cancellable: { name: 'read', parameters: { readings: 500 } },
  },
  sensors: {
    lively: {
      intervalS: 0.01,
      devices: [{ kind: 'adxl345' }, { kind: 'ina219' }, { kind: 'hx711' }],
    },
    repeatable: {
      devices: [{ kind: 'ads1115' }, { kind: 'bme280' }, { kind: 'ds18b20', intervalS: 5 }],
      maxEvents: 300,
      simulation: { pacing: 'fast', seed: 9 },
    },
    other: {
      devices: [{ kind: 'ads1115' }, { kind: 'bme280' }, { kind: 'ds18b20', intervalS: 5 }],
      maxEvents: 300,
      simulation: { pacing: 'fast', seed: 10 },
    },
    bad: { config: { devices: [{ kind: 'ads1115', rateHz: '7' }] }, place: 'devices.0.rateHz' },
    command: { name: 'zero', parameters: { channel: 2, readings: 2 }, bad: { channel: -1 } },
    cancellable: { name: 'zero', parameters: { channel: 0, readings: 1000 } },
  },
  replay: {
    lively: { speed: 5, simulatedEvents: 4000 },
    repeatable: { speed: 0, simulatedEvents: 300, seed: 3 },
    other: { speed: 0, simulatedEvents: 300, seed: 4 },
    bad: { config: { speed: 'fast' }, place: 'speed' },
    command: { name: 'seek', parameters: { seconds: 2 }, bad: { seconds: -1 } },
    cancellable: { name: 'seek', parameters: { seconds: 15 } },
    setting: { name: 'speed', value: 20, bad: -1 },
  },
};
