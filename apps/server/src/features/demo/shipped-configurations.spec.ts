import { detectorConfiguration } from '@countroom/contracts';
import { builtinConsumer, checkPicoScope, picoScopeConfig } from '@countroom/drivers';
import { describe, expect, it } from 'vitest';
import { readShippedConfigurations } from './shipped-configurations.js';

const sets = readShippedConfigurations().filter(({ kind }) => kind === 'detector');

describe('ready sets for detectors with a scope', () => {
  it('are there for known detectors', () => {
    const names = sets.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['kamiokanne', 'cosmo-2', 'cosmo-3', 'gamma-gdk101']));
  });

  it.each(sets)('$name can be used as it stands', ({ content }) => {
    const { sources, consumers = [] } = detectorConfiguration.parse(content);
    for (const { config } of sources) expect(checkPicoScope(picoScopeConfig.parse(config))).toEqual([]);
    expect(consumers).not.toEqual([]);
    for (const { kind, config } of consumers) expect(() => builtinConsumer(kind).parse(config)).not.toThrow();
  });
});
