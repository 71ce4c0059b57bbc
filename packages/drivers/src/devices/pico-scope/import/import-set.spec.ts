import { describe, expect, it } from 'vitest';
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
`;
    const { content, parts } = importSet([
      { name: 'run.yaml', text: top },
      { name: 'PS.yaml', text: `${scope}ChanAverages: [mean, rms]\n` },
      { name: 'PS2.yaml', text: scope },
    ]);
    expect(content.sources.map(({ name }) => name)).toEqual(['scope', 'scope-2']);
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
    expect(parts.flatMap(({ findings }) => findings)).toEqual([]);
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

  it('says that programs and sensors are not taken over', () => {
    const { parts } = importSet([
      { name: 'run.yaml', text: 'DeviceFile: [PS.yaml, ADC.yaml]\nANAscript: ana.py\n' },
      { name: 'PS.yaml', text: scope },
      { name: 'ADC.yaml', text: 'DAQModule: ADS1115Config\n' },
    ]);
    const left = parts.filter(({ role }) => role === 'not taken over').map(({ file }) => file);
    expect(left).toEqual(['ADC.yaml', 'ana.py']);
  });
});
