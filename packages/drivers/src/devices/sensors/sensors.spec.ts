import { columnOf, type RecordBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.js';
import { parseConfig } from '../../core/configuration.js';
import { SourceMonitor } from '../../core/monitor/source-monitor.js';
import { collectRun } from '../../testing/collect-run.js';
import { sensors } from './index.js';
import { probeSensors } from './probe.js';
import { channelsOf } from './sensor-channels.js';
import { kindOf, type SensorConfig, sensorKinds, sensorSettings } from './sensor-kinds.js';
import { sensorsConfig } from './sensors.config.js';
import { Sensors } from './sensors.driver.js';
import { sensorFlags } from './sensors.tables.js';
import { simulatedPorts } from './simulation/simulated-sensors.js';

const fast = { pacing: 'fast', seed: 5 };

/** Values and flags of a channel of a run. */
function seriesOf(
  batches: readonly RecordBatch[],
  channel: number,
): { values: number[]; flags: number[]; times: number[] } {
  const own = batches.filter(({ schema }) => schema.name === `ch${String(channel).padStart(7, '0')}/raw`);
  const numbers = (name: string): number[] =>
    own.flatMap((batch) => Array.from(columnOf(batch, name).column.data.slice(0, batch.rows), Number));
  return { values: numbers('waveform/values'), flags: numbers('flags'), times: numbers('devicetime') };
}

const plausible: Readonly<Record<string, readonly (readonly [low: number, high: number])[]>> = {
  ads1115: [
    [0.2, 0.8],
    [0.5, 1.2],
    [0.9, 1.5],
    [1.2, 1.9],
  ],
  mcp3008: [[0.2, 0.8]],
  mcp3208: [[0.2, 0.8]],
  'grove-adc': [[0.2, 0.8]],
  ina219: [
    [4.9, 5.1],
    [0.25, 0.55],
    [1.3, 2.8],
  ],
  max31855: [
    [355, 485],
    [19, 24],
  ],
  max31865: [
    [36, 38],
    [113, 116],
  ],
  ds18b20: [[19, 24]],
  bmp180: [
    [19, 24],
    [1010, 1016],
  ],
  bmp280: [
    [19, 24],
    [1010, 1016],
  ],
  bme280: [
    [19, 24],
    [1010, 1016],
    [38, 52],
  ],
  mma845x: [
    [-3, 3],
    [-3, 3],
    [9.3, 10.3],
  ],
  adxl345: [
    [-3, 3],
    [-3, 3],
    [9.3, 10.3],
  ],
  mlx90393: [
    [12, 24],
    [-4, 8],
    [38, 50],
    [19, 24],
  ],
  vl53l1x: [[450, 1350]],
  hx711: [[83_000, 85_000]],
  tcs34725: [
    [30, 60],
    [12, 25],
    [10, 21],
    [7, 15],
  ],
  gdk101: [
    [0, 0.4],
    [0, 0.4],
    [0, 1],
  ],
  'gpio-counter': [
    [0, 40],
    [0, 40],
  ],
};

describe('every kind of sensor', () => {
  it.each(sensorKinds.map(({ kind }) => [kind] as const))(
    '%s: its bytes give what the simulated world has, in its ranges',
    async (kind) => {
      const { batches, counters } = await collectRun(sensors, {
        intervalS: 1,
        devices: [{ kind }],
        maxEvents: 5,
        simulation: fast,
      });
      const device = sensorSettings.parse({ kind });
      const channels = channelsOf([device]);
      expect(counters.recorded).toBe(BigInt(5 * channels.length));
      for (const { number, low, high, name } of channels) {
        const { values, flags } = seriesOf(batches, number);
        const [from, to] = plausible[kind]?.[number] ?? [10, 400];
        for (const value of values) {
          expect(value, name).toBeGreaterThanOrEqual(Math.max(low, from));
          expect(value, name).toBeLessThanOrEqual(Math.min(high, to));
        }
        expect(flags).toEqual([0, 0, 0, 0, 0]);
      }
    },
  );

  it('has settings with a title everywhere, and names that can be paths', () => {
    for (const { kind, title } of sensorKinds) {
      const device = sensorSettings.parse({ kind });
      expect(title).toBeTruthy();
      expect(kindOf(device).place(device)).toBeTruthy();
      for (const { path } of channelsOf([device])) expect(path).toMatch(/^[\w.+/-]+$/);
    }
  });

  const broken: Readonly<Record<string, { fault: string; says: RegExp }[]>> = {
    bme280: [
      { fault: 'no-answer', says: /nothing answers at address 0x76 of \/dev\/i2c-1: check supply/ },
      { fault: 'wrong-chip', says: /BME280 at .* answers as 0x3a, not as 0x60: another chip/ },
      { fault: 'permission', says: /\/dev\/i2c-1 may not be opened: .*group i2c/ },
    ],
    ds18b20: [{ fault: 'check-sum', says: /28-0316a2795cff was read with a wrong check sum.*4\.7 kohm/ }],
    max31855: [
      { fault: 'no-answer', says: /MAX31855 at \/dev\/spidev0\.0: nothing answers/ },
      { fault: 'permission', says: /\/dev\/spidev0\.0 may not be opened: .*group spi/ },
    ],
    hx711: [{ fault: 'permission', says: /gpiochip0 may not be opened: .*group gpio/ }],
    mlx90393: [{ fault: 'wrong-chip', says: /MLX90393 at .* refused a command/ }],
  };
  it.each(
    Object.entries(broken).flatMap(([kind, list]) =>
      list.map((each) => [kind, each.fault, each.says] as const),
    ),
  )('%s with the fault %s says so and what to do, before anything is taken', async (kind, fault, says) => {
    const config = sensorsConfig.parse({ devices: [{ kind }], simulation: { ...fast, fault } });
    const driver = new Sensors(
      config,
      { source: 's', clock: systemClock, log: () => undefined },
      simulatedPorts(config),
    );
    await expect(driver.prepare()).rejects.toThrow(says);
    const probed = await probeSensors(config, simulatedPorts(config));
    expect(probed).toMatchObject({ found: false });
    expect(probed.message).toMatch(says);
  });
});

describe('sensors together', () => {
  const devices = [
    { kind: 'bme280', name: 'room', channels: [{ name: 'T', unit: 'K', offset: -273.15 }] },
    { kind: 'ds18b20', intervalS: 4 },
    { kind: 'ads1115', inputs: ['A0'], channels: [{ factor: 10, low: 0, high: 4 }] },
  ];

  it('are read in exact intervals, with names, calibration, limits and held values', async () => {
    const { batches } = await collectRun(sensors, { intervalS: 2, devices, maxEvents: 6, simulation: fast });
    const config = sensorsConfig.parse({ intervalS: 2, devices });
    expect(channelsOf(config.devices).map(({ path }) => path)).toEqual([
      'room/T',
      'room/pressure',
      'room/humidity',
      'ds18b20/temperature',
      'ads1115/A0',
    ]);
    const kelvin = seriesOf(batches, 0);
    expect(kelvin.values[0]).toBeGreaterThan(290);
    expect(kelvin.times).toEqual([0, 2, 4, 6, 8, 10].map((seconds) => seconds * 1e9));
    const slow = seriesOf(batches, 3);
    expect(slow.flags).toEqual([0, sensorFlags.held, 0, sensorFlags.held, 0, sensorFlags.held]);
    expect(slow.values[1]).toBe(slow.values[0]);
    expect(slow.values[2]).not.toBe(slow.values[0]);
    const volts = seriesOf(batches, 4);
    expect(volts.flags.some((flags) => (flags & sensorFlags.outside) !== 0)).toBe(true);
    volts.flags.forEach((flags, row) => expect((flags & 1) !== 0).toBe(volts.values[row]! > 4));
  });

  it('go on without one that is gone, tell it once, and take it back', async () => {
    const { batches, lines } = await collectRun(sensors, {
      intervalS: 1,
      devices,
      maxEvents: 20,
      simulation: { ...fast, fault: 'no-answer', faultAfterS: 5, faultForS: 6 },
    });
    const room = seriesOf(batches, 1);
    const gone = room.values.filter((value) => Number.isNaN(value)).length;
    expect(gone).toBeGreaterThanOrEqual(6);
    expect(gone).toBeLessThanOrEqual(9);
    room.values.forEach((value, row) =>
      expect((room.flags[row]! & sensorFlags.noValue) !== 0).toBe(Number.isNaN(value)),
    );
    expect(room.values.at(-1)).toBeGreaterThan(1000);
    expect(seriesOf(batches, 4).values.every(Number.isFinite)).toBe(true);
    expect(lines.filter((line) => /nothing answers at address 0x76/.test(line))).toHaveLength(1);
    expect(lines.filter((line) => line === 'room answers again')).toHaveLength(1);
  });

  it('are shown by the meters in their own units; those that give no value beside them', async () => {
    const simulation = { ...fast, fault: 'no-answer', faultAfterS: 1.5 };
    const config = { intervalS: 1, devices, maxEvents: 3, simulation };
    const { batches } = await collectRun(sensors, config);
    const parsed = sensorsConfig.parse(config);
    const context = { source: 's', clock: systemClock, log: () => undefined };
    const { tables, channels } = await new Sensors(parsed, context, simulatedPorts(parsed)).prepare();
    const monitor = new SourceMonitor('s', tables, channels);
    for (const batch of batches) monitor.add(batch);
    expect(monitor.meters().map(({ label, unit, low, high }) => [label, unit, low, high])).toEqual([
      ['ds18b20 temperature', 'degC', -55, 125],
      ['ads1115 A0', 'V', 0, 4],
    ]);
    const silent = monitor.silent();
    expect(silent.length + monitor.meters().length).toBe(channels.length);
    expect(silent.map(({ ageS }) => ageS)).toEqual(silent.map(() => null));
    expect(new SourceMonitor('s', tables, channels).silent()).toEqual([]);
  });

  it('that are too slow for the interval leave readings out, which are counted', async () => {
    const { batches, counters } = await collectRun(sensors, {
      intervalS: 0.25,
      devices: [{ kind: 'ds18b20' }],
      maxEvents: 5,
      simulation: fast,
    });
    // A conversion takes 750 ms: every fourth interval at most has a reading.
    expect(counters.dropped).toBeGreaterThanOrEqual(8n);
    expect(counters.triggers).toBe(counters.recorded + counters.dropped);
    expect(
      seriesOf(batches, 0)
        .flags.slice(1)
        .every((flags) => flags === sensorFlags.gapBefore),
    ).toBe(true);
  });

  it.each([
    [
      { devices: [{ kind: 'bme280' }, { kind: 'bmp280' }] },
      'devices.1.kind',
      /sensor 1 is at \/dev\/i2c-1 0x76/,
    ],
    [{ intervalS: 2, devices: [{ kind: 'bme280', intervalS: 1 }] }, 'devices.0.intervalS', /shorter than/],
    [
      { devices: [{ kind: 'ds18b20', channels: [{}, {}] }] },
      'devices.0.channels',
      /2 channels are named, DS18B20 has 1/,
    ],
    [{ devices: [{ kind: 'ds18b20', device: 'mine' }] }, 'devices.0.device', /28-0316a2795cff/],
    [
      {
        devices: [
          { kind: 'bme280', name: 'a' },
          { kind: 'ads1115', name: 'a', channels: [{ name: 'pressure' }] },
        ],
      },
      'devices',
      /two channels have the name a\/pressure/,
    ],
    [{ devices: [{ kind: 'abacus' }] }, 'devices.0.kind', /kind/],
  ])('refuses %j and says where', (config, place, says) => {
    const refused = (): unknown => parseConfig(sensors, config);
    expect(refused).toThrow(says);
    expect(refused).toThrow(expect.objectContaining({ code: 'bad-configuration', place }));
  });

  it('a probe reads each, and names who else is at the bus', async () => {
    const config = sensorsConfig.parse({ devices, simulation: fast });
    const probed = await probeSensors(config, simulatedPorts(config));
    expect(probed.found).toBe(true);
    expect(probed.message).toMatch(/BME280 at \/dev\/i2c-1 0x76: T 29\d.* K, pressure 101\d.* hPa/);
    expect(probed.facts['i2c-1']).toBe('0x48 (ads1115 or ina219), 0x76 (bmp280 or bme280)');
  });

  it('a probe of a machine without buses says what to switch on', async () => {
    const { found, message } = await sensors.probe(
      sensorsConfig.parse({ devices: [{ kind: 'bme280', bus: 250 }] }),
    );
    expect(found).toBe(false);
    expect(message).toMatch(/i2c|Linux/);
  });

  it('keeps the settings of each kind apart', () => {
    const parsed: SensorConfig = sensorSettings.parse({ kind: 'max31865', wires: '3' });
    expect(parsed).toMatchObject({ kind: 'max31865', referenceOhm: 430, wires: '3' });
    expect(() => sensorSettings.parse({ kind: 'bme280', wires: '3' })).toThrow(/wires/);
  });
});
