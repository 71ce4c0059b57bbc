import { FilterLog, makeTemplate, PulseFilter } from '@countroom/pulses';

/** Records of 2 × 4000 samples with two pulses on both channels through all steps of the pulse filter, per second. */
export function filterRate(seconds: number): number {
  const shape = { taur: 20e-9, tauon: 12e-9, tauf: 128e-9, pheight: -0.03 };
  const samples = 4000;
  const { samples: template } = makeTemplate(shape, 4e-9);
  const records = Array.from({ length: 64 }, (_, number) => {
    const record = Float64Array.from(
      { length: samples },
      (_, i) => 0.0008 * (((i * 7919) % 101) / 101 - 0.5),
    );
    for (const place of [200, 300 + ((number * 397) % 3500)])
      template.forEach((value, i) => (record[place + i]! += 3 * value));
    return [record, record];
  });
  const filter = new PulseFilter(
    { pulseShape: [shape] },
    { channels: ['A', 'B'], triggerChannel: 'A', samples, pretrigger: 0.05, dT: 4e-9 },
  );
  const log = new FilterLog(2);
  const run = (forMs: number): number => {
    let done = 0;
    const begin = performance.now();
    while (performance.now() - begin < forMs)
      for (const event of records) log.add(filter.process(event), ++done, done / 50);
    return (1000 * done) / (performance.now() - begin);
  };
  run(500);
  return run(1000 * seconds);
}
