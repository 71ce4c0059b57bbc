import { sensorsConfig } from '../../sensors/sensors.config.js';
import type { Finding } from '../settings/finding.js';
import { type ImportLine, ImportReport } from './import-report.js';
import type { Settings } from './read-settings.js';

/** Sensors out of one device file of PhyPiDAQ. */
export interface ImportedSensors {
  /** Settings of sensors of the driver `sensors`, to be checked together by `sensorFindings`. */
  readonly devices: readonly Readonly<Record<string, unknown>>[];
  /** How many values of each sensor the file wants; undefined: it does not say. */
  readonly values: number | undefined;
  readonly lines: readonly ImportLine[];
  /** Places are those of the first of these sensors. */
  readonly faults: readonly Finding[];
}

type Device = Readonly<Record<string, unknown>>;
type Reader = (report: ImportReport) => readonly Device[];

const pairs = ['A0-A1', 'A0-A3', 'A1-A3', 'A2-A3'];
const gainRanges: Readonly<Record<string, string>> = {
  '2/3': '6.144',
  '1': '4.096',
  '2': '2.048',
  '4': '1.024',
  '8': '0.512',
  '16': '0.256',
};
const mlxGains = [5, 4, 3, 2.5, 2, 1.67, 1.33, 1];

function address(report: ImportReport): Device {
  if (!report.has('I2CADDR')) return {};
  return { address: `0x${Math.round(report.number('I2CADDR', 0)).toString(16).padStart(2, '0')}` };
}

function simple(kind: string): Reader {
  return (report) => [{ kind, ...address(report) }];
}

/** Units that temperatures can have: value = (°C − offset) × factor. */
const temperatures: Readonly<Record<string, { unit: string; offset: number; factor: number }>> = {
  KELVIN: { unit: 'K', offset: -273.15, factor: 1 },
  DEGREES_F: { unit: 'degF', offset: -160 / 9, factor: 1.8 },
};

function thermometer(kind: string): Reader {
  return (report) => {
    const channel = temperatures[report.text('Unit', 'DEGREES_C')];
    return [{ kind, ...(channel === undefined ? {} : { channels: [channel] }) }];
  };
}

function ads1115(report: ImportReport): readonly Device[] {
  const channels = report.numbers('ADCChannels', [0]);
  const differences = report.booleans('DifModeChan', []);
  const gains = report.texts('Gain', ['2/3']);
  const inputs = channels.map((channel, index) =>
    differences[index] === true ? (pairs[channel] ?? String(channel)) : `A${channel}`,
  );
  const ranges = gains.map((gain) => gainRanges[gain] ?? gain);
  const widest = ranges.toSorted((a, b) => Number(b) - Number(a))[0]!;
  if (new Set(ranges).size > 1) report.tell('Gain', 'changed', `${widest} V for all inputs`);
  return [
    { kind: 'ads1115', ...address(report), inputs, rangeV: widest, rateHz: report.text('sampleRate', '860') },
  ];
}

function mcp(kind: string): Reader {
  return (report) => {
    const many = report.number('NChannels', 1);
    const wanted = report.numbers(
      'ADCChannels',
      Array.from({ length: many }, (_, index) => index),
    );
    if (report.has('NBits')) report.tell('NBits', 'ignored', 'the chip says how many bits it has');
    return [{ kind, inputs: wanted.map(String), referenceV: report.number('VRef', 3.3) }];
  };
}

function bridge(report: ImportReport): readonly Device[] {
  const gain = report.number('Gain', 128);
  const input = ({ 64: 'A64', 32: 'B32' } as Readonly<Record<number, string>>)[gain] ?? 'A128';
  return [{ kind: 'hx711', dataPin: report.number('DT', 5), clockPin: report.number('SCK', 6), input }];
}

function counters(report: ImportReport): readonly Device[] {
  const pins = report.numbers('GPIOpins', [21]);
  const modes = report.numbers(report.has('MModes') ? 'MModes' : 'Modes', []);
  return pins.map((pin, index) => ({
    kind: 'gpio-counter',
    pin,
    edge: (modes[index] ?? modes[0]) === 1 ? 'falling' : 'rising',
  }));
}

function field(report: ImportReport): readonly Device[] {
  const gain = report.number('Gain', 1);
  const place = mlxGains.findIndex((each) => Math.abs(each - gain) < 0.01);
  if (place < 0) report.tell('Gain', 'changed', '1: the chip has no such gain');
  // In mT, as there.
  const channels = Array.from({ length: 3 }, () => ({ unit: 'mT', factor: 1e-3 }));
  return [{ kind: 'mlx90393', gain: String(place < 0 ? 7 : place), channels }];
}

/** Readers of device files by their modules, without the ending `Config`. */
const readers: Readonly<Record<string, Reader>> = {
  ads1115,
  mcp3008: mcp('mcp3008'),
  mcp3208: mcp('mcp3208'),
  groveadc: (report) => [
    { kind: 'grove-adc', inputs: report.numbers('ADCChannels', [0]).map((channel) => `A${channel}`) },
  ],
  ina219: (report) => [{ kind: 'ina219', ...address(report), mostA: report.number('maxAmp', 3.2) }],
  max31855: thermometer('max31855'),
  max31865: (report) => [
    {
      kind: 'max31865',
      wires: report.text('NWires', '4'),
      referenceOhm: report.number('Rref', 430),
      nominalOhm: report.number('R0', 100),
    },
  ],
  ds18b20: thermometer('ds18b20'),
  bmp180: simple('bmp180'),
  bmp280: simple('bmp280'),
  bmpx80: simple('bmp280'),
  bme280: simple('bme280'),
  mma845x: (report) => [{ kind: 'mma845x', rangeG: report.text('Range', '2G').replace(/g$/i, '') }],
  mma8451: (report) => [{ kind: 'mma845x', rangeG: report.text('Range', '2G').replace(/g$/i, '') }],
  adxl345: simple('adxl345'),
  mlx90393: field,
  vl53lx: simple('vl53l1x'),
  vl53l1x: simple('vl53l1x'),
  hx711: bridge,
  tcs34725: simple('tcs34725'),
  as7262: simple('as7262'),
  as7265x: simple('as7265x'),
  gdk101: simple('gdk101'),
  gpiocount: counters,
};

function readerOf(module: string): Reader | undefined {
  const name = module.toLowerCase().replace(/config$/, '');
  return Object.hasOwn(readers, name) ? readers[name] : undefined;
}

/** Whether a module of PhyPiDAQ is a sensor that the driver `sensors` reads. */
export function isSensorModule(module: string): boolean {
  return readerOf(module) !== undefined;
}

/** What is wrong with sensors that are read together; places are those in the settings of the driver. */
export function sensorFindings(config: object): Finding[] {
  const issues = sensorsConfig.safeParse(config).error?.issues ?? [];
  return issues.map(({ path, message }) => ({
    place: path.map(String).join('.'),
    severity: 'error',
    problem: message,
    remedy: 'choose what the sensor has, and where it is',
  }));
}

/** Turns a device file of PhyPiDAQ into sensors. Every key is accounted for. */
export function importSensors(settings: Settings, module: string): ImportedSensors {
  const report = new ImportReport(settings);
  if (report.has('DAQModule')) report.tell('DAQModule', 'taken', module);
  const devices = readerOf(module)?.(report) ?? [];
  const values =
    /^(mcp|grove)/i.test(module) || !report.has('NChannels') ? undefined : report.number('NChannels', 1);
  if (/bmpx80/i.test(module))
    report.tell('DAQModule', 'changed', 'taken for a BMP280: choose bmp180 when it is one');
  report.finish(() => 'the sensor has no such setting here');
  return { devices, values, lines: report.lines, faults: report.faults };
}
