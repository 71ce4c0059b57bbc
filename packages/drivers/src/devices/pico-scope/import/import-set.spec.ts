import { describe, expect, it } from 'vitest';
import { sensorsConfig } from '../../sensors/sensors.config.js';
import { importSet } from './import-set.js';

const scope =
  'PSmodel: 2000a\npicoChannels: [A, B]\nChanRanges: [0.2, 0.2]\nsampleTime: 16.E-6\nNsamples: 3500\n';
const cosmo = [
  { name: 'run.daq', text: 'DeviceFile: config/PS.yaml\nBMfile: config/BM.yaml\nPFfile: config/PF.yaml\n' },
  { name: 'PS.yaml', text: scope },
  { name: 'BM.yaml', text: 'NBuffers: 32\nBMmodules: [mpOsci]\nLogFile: null\nlogTime: 60\nflux: 1\n' },
  {
    name: 'PF.yaml',
    text: `
pulseShape:
  - {pheight: -0.035, taur: 20.E-9, tauon: 12E-9, tauf: 128e-9}
trgPulseShape: [{pheight: -0.045}]
NminCoincidence: 2
doublePulse: true
logFile: output/pFilt
rawFile: rawDP
pictFile: DPfigs
modules: [RMeter, Hists]
histograms:
  - [0., 0.4, 50, 20., "noise", 0]
  - [0., 0.8, 50, 15., "valid", 0]
  - [0., 7., 35, 7.5, "tau", 1]
  - [0., 0.8, 50, 15., "others", 0]
`,
  },
];

describe('a set of settings files', () => {
  it('of picoCosmo becomes one configuration of a detector', () => {
    const { content, parts } = importSet(cosmo);
    expect(content.sources).toMatchObject([
      { name: 'scope', driver: 'picoscope', config: { samples: 3500, trigger: { timeoutMs: 5000 } } },
    ]);
    expect(content.ring).toEqual({ slots: 32 });
    expect(content.consumers).toMatchObject([
      {
        name: 'pulses',
        input: 'scope',
        kind: 'pulse-filter',
        keep: true,
        config: {
          pulseShape: [{ pheight: -0.035, taur: 20e-9, tauon: 12e-9, tauf: 128e-9 }],
          trgPulseShape: [{ pheight: -0.045 }],
          NminCoincidence: 2,
          doublePulse: true,
          logFile: 'pFilt.csv',
          logFile2: 'dPFilt.csv',
          keep: 'double',
          pictures: 200,
        },
      },
    ]);
    expect(parts.map(({ file, role }) => `${file}: ${role}`)).toEqual([
      'run.daq: top',
      'PS.yaml: scope',
      'BM.yaml: buffer manager',
      'PF.yaml: pulse filter',
    ]);
    expect(parts.flatMap(({ findings }) => findings)).toEqual([]);
    const outcomes = Object.fromEntries(parts[2]!.lines.map(({ key, outcome }) => [key, outcome]));
    expect(outcomes).toMatchObject({ NBuffers: 'taken', BMmodules: 'ignored', flux: 'ignored' });
    expect(parts[2]!.lines.find(({ key }) => key === 'LogFile')?.message).toBe('it has no value');
  });

  it('accounts for every key of the top file, and takes the defaults of its program', () => {
    const text = 'DeviceFile: PS.yaml\nverbose: 1\nTitle: Volts\nflux: 3\n';
    const keys = (more: string): string[] => {
      const { parts, content } = importSet([{ name: 'top.daq', text: text + more }, cosmo[1]!]);
      const told = parts.filter(({ file }) => file === 'top.daq').flatMap(({ lines }) => lines);
      expect(told.find(({ key }) => key === 'flux')?.message).toBe('no program knew this key either');
      const { trigger } = content.sources[0]!.config as { trigger: { timeoutMs: number } };
      return [...new Set(told.map(({ key }) => key)), `${trigger.timeoutMs} ms`];
    };
    expect(keys('').sort()).toEqual(['5000 ms', 'DeviceFile', 'Title', 'flux', 'verbose']);
    expect(keys('Interval: 0.1\nTitleX: 1\n')).toEqual(
      expect.arrayContaining(['DeviceFile', 'Title', 'TitleX', 'flux', 'verbose', 'Interval', '1000 ms']),
    );
  });

  it('of PhyPiDAQ becomes scopes and a data logger', () => {
    const top = `
DeviceFile: [PS.yaml, PS2.yaml]
Interval: 0.02
ChanCalib: [null, [[0., 10.], [1., 2.]]]
ChanFormula: [c0*2, c1]
ChanUnits: [V, K]
DataFile: data
CSVseparator: ";"
XYmode: true
RunLED: 24
ReadoutLED: 25
`;
    const { content, parts } = importSet([
      { name: 'run.yaml', text: top },
      { name: 'PS.yaml', text: `${scope}ChanAverages: [mean, rms]\n` },
      { name: 'PS2.yaml', text: scope },
    ]);
    expect(content.sources.map(({ name }) => name)).toEqual(['scope', 'scope-2']);
    expect(content.lamps).toEqual({ runPin: 24, readoutPin: 25 });
    expect(content.consumers).toMatchObject([
      {
        kind: 'data-logger',
        config: {
          intervalS: 0.05,
          averages: ['mean', 'rms'],
          calibration: [null, { true: [0, 10], raw: [1, 2] }],
          formulas: ['c0*2', 'c1'],
          units: ['V', 'K'],
          file: 'logger.csv',
          separator: ';',
        },
      },
    ]);
    expect(parts.flatMap(({ findings }) => findings)).toMatchObject([
      { severity: 'warning', problem: expect.stringMatching(/of scope only: those of scope-2/) as string },
    ]);
  });

  it('tells every fault with its place in the configuration', () => {
    const files = cosmo.map((file) =>
      file.name === 'PF.yaml'
        ? { ...file, text: 'pulseShape: []\nacceptPattern: [[2]]\n' }
        : file.name === 'PS.yaml'
          ? { ...file, text: 'picoChannels: [Z]\nChanRanges: [0.2]\ntrgChan: Z\n' }
          : file,
    );
    const places = importSet(files).parts.flatMap(({ findings }) => findings.map(({ place }) => place));
    expect(places).toContain('sources.0.config.channels.0.name');
    expect(places).toContain('consumers.0.config.pulseShape');
  });

  it.each([
    ['a file that is missing', cosmo.slice(0, 3), /run\.daq names config\/PF\.yaml, which is not among/],
    ['no top file', cosmo.slice(1), /no file names a DeviceFile/],
    ['two top files', [...cosmo, { name: 'b.daq', text: 'DeviceFile: PS.yaml' }], /run\.daq and b\.daq name/],
  ])('with %s is refused', (_, files, message) => {
    expect(() => importSet(files)).toThrow(message);
  });

  it('of sensors and loggers becomes one source for all sensors, and one for each logger', () => {
    const { content, parts } = importSet([
      {
        name: 'run.yaml',
        text: 'DeviceFile: [ADC.yaml, Pt.yaml, MCP3008Config.yaml, Count.yaml, PL.yaml]\nInterval: 0.2\n',
      },
      {
        name: 'ADC.yaml',
        text: 'DAQModule: ADS1115Config\nADCChannels: [0, 3]\nDifModeChan: [false, true]\nGain: [2/3, 2]\nsampleRate: 860\nI2CADDR: 0x49\n',
      },
      { name: 'Pt.yaml', text: 'DAQModule: INA219Config\nNChannels: 2\nmaxAmp: 0.5\nmaxVolt: 16.\n' },
      { name: 'MCP3008Config.yaml', text: 'NChannels: 2\nVRef: 3.3\nNBits: 10\n' },
      { name: 'Count.yaml', text: 'DAQModule: GPIOCount\nGPIOpins: [26, 19]\nMModes: [1]\n' },
      {
        name: 'PL.yaml',
        text: 'DAQModule: picolog1000Config\nchannels: [1, 2]\nnumber_of_samples: 50\ntrgThreshold: 1638\n',
      },
    ]);
    expect(content.sources.map(({ name, driver }) => [name, driver])).toEqual([
      ['picolog', 'picolog'],
      ['sensors', 'sensors'],
    ]);
    expect(content.sources[0]!.config).toMatchObject({
      mode: 'block',
      samples: 50,
      trigger: { thresholdV: 1 },
    });
    expect(sensorsConfig.parse(content.sources[1]!.config)).toMatchObject({
      intervalS: 0.2,
      devices: [
        { kind: 'ads1115', address: '0x49', inputs: ['A0', 'A2-A3'], rangeV: '6.144', rateHz: '860' },
        { kind: 'ina219', mostA: 0.5 },
        { kind: 'mcp3008', inputs: ['0', '1'], referenceV: 3.3 },
        { kind: 'gpio-counter', pin: 26, edge: 'falling' },
        { kind: 'gpio-counter', pin: 19, edge: 'falling' },
      ],
    });
    expect(parts.flatMap(({ findings }) => findings)).toMatchObject([
      { severity: 'warning', place: 'consumers' },
    ]);
  });

  it('says where a sensor has a value that the chip has not, and where two are at one place', () => {
    const places = (text: string): string[] =>
      importSet([
        { name: 'run.yaml', text: 'DeviceFile: [B.yaml, A.yaml]\n' },
        { name: 'B.yaml', text: 'DAQModule: MAX31865Config\nNWires: 3\nRref: 430\nR0: 100.\n' },
        { name: 'A.yaml', text },
      ]).parts.flatMap(({ file, findings }) => findings.map(({ place }) => `${file} ${place}`));
    expect(places('DAQModule: ADS1115Config\nsampleRate: 900\n')).toEqual([
      'A.yaml sources.0.config.devices.1.rateHz',
    ]);
    expect(places('DAQModule: MAX31855Config\n')).toEqual(['A.yaml sources.0.config.devices.1.kind']);
  });

  it('says that programs and unknown devices are not taken over', () => {
    const { parts } = importSet([
      { name: 'run.yaml', text: 'DeviceFile: [PS.yaml, Toy.yaml]\nANAscript: ana.py\n' },
      { name: 'PS.yaml', text: scope },
      { name: 'Toy.yaml', text: 'DAQModule: ToyDataConfig\n' },
    ]);
    const left = parts.filter(({ role }) => role === 'not taken over').map(({ file }) => file);
    expect(left).toEqual(['Toy.yaml', 'ana.py']);
  });

  it('keeps c0, c1, … what they were where sensors have other channels here', () => {
    const logged = (text: string, device = 'DAQModule: INA219Config\nmaxAmp: 0.5\n') => {
      const { content, parts } = importSet([
        { name: 'run.daq', text: `DeviceFile: [I.yaml, G.yaml]\nInterval: 1\n${text}` },
        { name: 'I.yaml', text: device },
        { name: 'G.yaml', text: 'DAQModule: GPIOCount\nGPIOpins: [20, 21]\nModes: [0, 1]\n' },
      ]);
      expect(parts.flatMap(({ findings }) => findings)).toEqual([]);
      return { content, config: content.consumers[0]!.config };
    };
    // There: current, voltage, counts, counts. Here: voltage, current, power, counts, rate, counts, rate.
    const plain = logged('ChanUnits: [A]\nChanCalib: [2, null, 3, 4, 5]\n');
    expect(plain.config).toMatchObject({
      formulas: ['c1', 'c0', 'c3', 'c5'],
      calibration: [null, 2, null, 3, null, 4],
      names: ['current', 'voltage', 'counts', 'counts'],
      units: ['A', 'V', '', ''],
      file: null,
    });
    expect(plain.content.sources[0]!.config).toMatchObject({
      devices: [{ kind: 'ina219' }, { edge: 'rising' }, { edge: 'falling' }],
    });
    const three = 'DAQModule: INA219Config\nNChannels: 3\n';
    expect(logged('ChanFormula: [c0*c1, c2 + 10*c3]\n', three).config).toMatchObject({
      formulas: ['c1*c0', 'c2 + 10*c3'],
    });
    expect(logged('ChanFormula: [c0 + c11]\nDataFile: x.csv\n').config).toMatchObject({
      formulas: ['c1 + c11'],
      file: 'logger.csv',
    });
  });

  it('of a thermometer keeps its unit, and of a magnetometer mT', () => {
    const { content } = importSet([
      { name: 'run.daq', text: 'DeviceFile: [T.yaml, B.yaml]\nInterval: 1\n' },
      { name: 'T.yaml', text: 'DAQModule: DS18B20Config\nUnit: KELVIN\n' },
      { name: 'B.yaml', text: 'DAQModule: MLX90393Config\nGain: 2.0\n' },
    ]);
    expect(sensorsConfig.parse(content.sources[0]!.config).devices).toMatchObject([
      { channels: [{ unit: 'K', offset: -273.15, factor: 1 }] },
      { gain: '4', channels: Array.from({ length: 3 }, () => ({ unit: 'mT', factor: 1e-3 })) },
    ]);
  });

  it('of a replay becomes a recording that is played', () => {
    const imported = (text: string) =>
      importSet([
        { name: 'run.daq', text: 'DeviceFile: Replay.yaml\nInterval: 0.1\nDataFile: null\n' },
        { name: 'Replay.yaml', text },
      ]);
    const { content, parts } = imported('DAQModule: ReplayConfig\ncsvFile: /data/pendulum.csv\n');
    expect(content.sources).toMatchObject([
      { name: 'replay', driver: 'replay', config: { path: '/data/pendulum.csv', format: 'phypidaq-csv' } },
    ]);
    expect(content.consumers).toMatchObject([{ input: 'replay', config: { file: null } }]);
    expect(parts.flatMap(({ findings }) => findings)).toEqual([]);
    const told = imported('DAQModule: ReplayConfig\n').parts.flatMap(({ findings }) => findings);
    expect(told).toMatchObject([{ severity: 'error', place: 'sources.0.config.path' }]);
  });

  it('says what it is when it is a set-up of mimoCoRB', () => {
    const text = 'RingBuffer:\n  - RB_1: {number_of_slots: 128}\nFunctions:\n  - Fkt_main: {}\n';
    expect(() => importSet([{ name: 'spin_setup.yaml', text }])).toThrow(/set-up of mimoCoRB.*decay times/);
  });

  it('fills up the histograms of sets for one channel, and leaves titles text', () => {
    const text =
      'pulseShape: [{pheight: "-0,035"}]\nhistograms: [[0., 0.4, 50, 20., "12", 0], [0., 0.8, 50, 15., b, 0]]\n';
    const { content, parts } = importSet([...cosmo.slice(0, 3), { name: 'PF.yaml', text }]);
    expect(content.consumers[0]!.config).toMatchObject({
      pulseShape: [{ pheight: -0.035 }],
      histograms: [{ 4: '12' }, { 4: 'b' }, { 0: 0, 1: 15 }, { 0: 0, 1: 0.8 }],
    });
    const filter = parts.find(({ role }) => role === 'pulse filter')!;
    expect(filter.findings).toEqual([]);
    expect(Object.fromEntries(filter.lines.map(({ key, message }) => [key, message]))).toMatchObject({
      pulseShape: expect.stringMatching(/"-0,035" is read as the number -0.035/) as string,
      histograms: expect.stringMatching(/last 2 of the four are the standard ones/) as string,
    });
  });
});
