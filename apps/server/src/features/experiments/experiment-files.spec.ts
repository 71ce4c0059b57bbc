import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectorConfiguration } from '@countroom/contracts';
import { builtinConsumer, checkPicoScope, picoScopeConfig } from '@countroom/drivers';
import { stages } from '@countroom/stages';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExperiments } from './experiment-files.js';
import { shippedExperiments } from './experiments.controller.js';

const shipped = await readExperiments([shippedExperiments]);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cr-experiments-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('experiments that come with the product', () => {
  it('are there, without a fault', () => {
    expect(shipped.faults).toEqual([]);
    expect(shipped.experiments.map(({ id }) => id)).toEqual([
      'count-muons',
      'geiger-counting',
      'oscilloscope',
    ]);
  });

  it.each(shipped.experiments)('$id can be done as it stands, in English and German', (experiment) => {
    for (const { configuration } of experiment.presets) {
      const { sources, consumers = [] } = detectorConfiguration.parse(configuration);
      for (const { config } of sources) expect(checkPicoScope(picoScopeConfig.parse(config))).toEqual([]);
      for (const { kind, config } of consumers)
        expect(() => builtinConsumer(kind).parse(config)).not.toThrow();
    }
    for (const { stage, config } of experiment.analysis)
      expect(stages.get(stage).configSchema.safeParse(config).error).toBeUndefined();
    const texts = JSON.stringify(experiment, (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'en' in value && !('de' in value)
        ? 'English only'
        : value,
    );
    expect(texts).not.toContain('English only');
    const made = experiment.analysis.map(({ stage }) => stages.get(stage).provides);
    for (const { check } of experiment.steps)
      if (check.kind === 'data') expect(made).toContain(check.dataKind);
    for (const { dataKind } of experiment.evaluation.numbers) expect(made).toContain(dataKind);
  });
});

describe('experiments of a teacher', () => {
  it('are added to those that come along, and take the place of one of the same name', async () => {
    const text = readFileSync(join(shippedExperiments, 'oscilloscope.yaml'), 'utf8');
    writeFileSync(join(folder, 'our-own.yaml'), text);
    writeFileSync(join(folder, 'count-muons.yml'), text);
    const { experiments, faults } = await readExperiments([shippedExperiments, folder]);
    expect(faults).toEqual([]);
    expect(experiments.map(({ id }) => id).sort()).toEqual([
      'count-muons',
      'geiger-counting',
      'oscilloscope',
      'our-own',
    ]);
    expect(experiments[0]?.title).toEqual(experiments[2]?.title);
  });

  it('that are none are told of by file and place, and keep no other away', async () => {
    writeFileSync(join(folder, 'half.yaml'), 'title: {en: Half}\nminutes: many\n');
    writeFileSync(join(folder, 'bad.yaml'), 'title: [unclosed');
    writeFileSync(join(folder, 'Bad Name.yaml'), 'x: 1');
    mkdirSync(join(folder, 'folder.yaml'));
    writeFileSync(join(folder, 'notes.txt'), 'no experiment');
    const { experiments, faults } = await readExperiments([
      folder,
      join(folder, 'nowhere'),
      shippedExperiments,
    ]);
    expect(experiments).toHaveLength(3);
    expect(faults.map(({ file }) => file)).toEqual(['Bad Name.yaml', 'bad.yaml', 'folder.yaml', 'half.yaml']);
    expect(faults[3]?.message).toMatch(/minutes: .*number/);
    expect(faults[3]?.message).toContain('steps:');
  });

  it('with settings that no detector takes name the preset', async () => {
    const text = readFileSync(join(shippedExperiments, 'oscilloscope.yaml'), 'utf8');
    writeFileSync(join(folder, 'wrong.yaml'), text.replace('driver: picoscope', 'driver: nothing'));
    const { faults } = await readExperiments([folder]);
    expect(faults[0]?.message).toMatch(/^Preset .*nothing/);
  });

  it.each([
    [
      'an analysis that there is not',
      'stage: find_pulses',
      'stage: find_muons',
      /^Analysis: .*no stage find_muons/,
    ],
    ['a rate that nothing can have', 'maxHz: 20000', 'maxHz: 0.01', /maxHz: must be larger than minHz/],
  ])('with %s say so', async (_, text, wrong, message) => {
    const muons = readFileSync(join(shippedExperiments, 'count-muons.yaml'), 'utf8');
    expect(muons).toContain(text);
    writeFileSync(join(folder, 'wrong.yaml'), muons.replace(text, wrong));
    expect((await readExperiments([folder])).faults[0]?.message).toMatch(message);
  });
});
