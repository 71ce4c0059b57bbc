import { describe, expect, it } from 'vitest';
import { findingIssues, previewNotes, scopeSources, unique, valueText, withConfig } from './scope-sources';

const content = {
  sources: [
    { name: 'a', driver: 'replay', config: {} },
    { name: 'b', driver: 'picoscope', config: { samples: 10 } },
    { driver: 'picoscope' },
  ],
};

describe('the scopes of a configuration', () => {
  it('are found by their driver, also in one that is half written', () => {
    expect(scopeSources(content)).toEqual([
      { index: 1, name: 'b', config: { samples: 10 } },
      { index: 2, name: 'source 3', config: {} },
    ]);
    for (const broken of [null, 1, [], {}, { sources: 'none' }, { sources: [null, 'x'] }])
      expect(scopeSources(broken)).toEqual([]);
  });

  it('get new settings one by one, and all else stays', () => {
    const changed = withConfig(content, 1, { samples: 20 });
    expect(scopeSources(changed)[0]?.config).toEqual({ samples: 20 });
    expect(withConfig(changed, 1, { samples: 10 })).toEqual(content);
  });

  it('have their errors at the fields of the form, warnings not', () => {
    const wrong = {
      place: 'recordS',
      severity: 'error',
      problem: 'bad',
      remedy: 'mend',
      nearest: 1,
    } as const;
    expect(findingIssues(1, [wrong, { ...wrong, severity: 'warning' }])).toEqual([
      { path: 'sources.1.config.recordS', message: 'bad; mend (nearest: 1)' },
    ]);
    expect(findingIssues(1, [{ ...wrong, place: '' }])[0]?.path).toBe('sources.1.config');
  });

  it('are written as the device takes them, with what is worth knowing', () => {
    const plain = (value: number | null, unit: string): string => valueText(value, unit).replace(/\s/g, ' ');
    expect([0.5, -0.0399852, 12, 0].map((value) => plain(value, 'V'))).toEqual([
      '500 mV',
      '-39.9852 mV',
      '12 V',
      '0 V',
    ]);
    expect([plain(2e-5, 's'), plain(1.25e-7, 's'), plain(null, 's')]).toEqual(['20 µs', '125 ns', '–']);
    const notes = previewNotes(2, {
      model: '2406B',
      values: [
        { place: 'channels.0.rangeV', title: 'Range', unit: 'V', requested: 0.3, resolved: 0.5 },
        { place: '', title: 'Time base', unit: '', requested: null, resolved: 2 },
        { place: 'samples', title: 'Samples per record', unit: '', requested: 2000, resolved: 10_000 },
        { place: 'samples', title: 'Time between samples', unit: 's', requested: 1e-9, resolved: 2e-10 },
      ],
      findings: [
        { place: 'channels.0.rangeV', severity: 'warning', problem: 'rounded', remedy: 'none needed' },
      ],
    });
    expect(notes.map(([path, text]) => [path, text.replace(/\s/g, ' ')])).toEqual([
      ['sources.2.config.channels.0.rangeV', 'the device takes 500 mV; rounded; none needed'],
      ['sources.2.config.samples', 'the device takes 10 000; time between samples: 200 ps'],
    ]);
    const fault = { path: 'a', message: 'wrong' };
    expect(unique([fault, { ...fault }, { ...fault, path: 'b' }])).toHaveLength(2);
    const found = { ...fault, message: `${fault.message}; give another` };
    expect(unique([fault, found])).toEqual([fault]);
    expect(unique([{ ...found, path: 'b' }, fault])).toHaveLength(2);
  });
});
