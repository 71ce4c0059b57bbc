import { cpus } from 'node:os';
import { FilterLog } from './filter/filter-log.js';
import { PulseFilter } from './filter/pulse-filter.js';
import { spectrumFilter } from './peaks/spectrum-filter.js';
import { makeTemplate } from './template/pulse-shape.js';

/*
 * Records of 2 × 4000 samples of 4 ns with two muon-like pulses on both channels, as picoCosmo's recorded double pulses have
 * them: every one goes through all three steps of the filter, and its lines are made.
 */
const shape = { taur: 20e-9, tauon: 12e-9, tauf: 128e-9, pheight: -0.03 };
const dT = 4e-9;
const samples = 4000;
const { samples: template } = makeTemplate(shape, dT);

let seed = 1;
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 2 ** 32;
}

function record(places: readonly number[]): Int16Array {
  const values = Int16Array.from({ length: samples }, () => Math.round(8 * (random() - 0.5)));
  for (const place of places) {
    const height = 1500 + 3000 * random();
    template.forEach((value, i) => (values[place + i]! += Math.round((height * value) / 0.03 / 10)));
  }
  return values;
}

const events = Array.from({ length: 200 }, () => {
  const places = [200, 300 + Math.floor(3500 * random())];
  return [record(places), record(places)];
});
const voltsPerCount = 0.0002;
const volts = [new Float64Array(samples), new Float64Array(samples)];

function toVolts(event: readonly Int16Array[]): Float64Array[] {
  event.forEach((counts, c) => {
    const values = volts[c]!;
    for (let i = 0; i < samples; i++) values[i] = counts[i]! * voltsPerCount;
  });
  return volts;
}

/** Records per s of a task, warmed up. */
function rate(task: (event: readonly Int16Array[], number: number) => void): number {
  let done = 0;
  const run = (ms: number): number => {
    const begin = performance.now();
    done = 0;
    while (performance.now() - begin < ms) {
      for (const event of events) task(event, ++done);
    }
    return (1000 * done) / (performance.now() - begin);
  };
  run(500);
  return run(3000);
}

const filter = new PulseFilter(
  { pulseShape: [shape] },
  { channels: ['A', 'B'], triggerChannel: 'A', samples, pretrigger: 0.05, dT },
);
const log = new FilterLog(2);
const filtered = rate((event, number) => void log.add(filter.process(toVolts(event)), number, number / 50));
const peaks = rate((event) => {
  toVolts(event).forEach((values) => values.forEach((value, i) => (values[i] = -1000 * value)));
  spectrumFilter(volts, ['chA', 'chB'], {
    sample_time_ns: 4,
    analogue_offset: 0,
    pre_trigger_samples: 200,
    trigger_channel: 'A',
  });
});

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`,
);
const { seen, accepted, double } = log.counts;
console.log(
  `pulse filter, 2 x 4000, all steps and lines: ${filtered.toFixed(0)} records/s on one core (reference: 980)`,
);
console.log(`  of ${seen} records ${accepted} accepted, ${double} double pulses`);
console.log(`peak finder, 2 x 4000: ${peaks.toFixed(0)} records/s on one core`);
