import { describe, expect, it } from 'vitest';
import { chainText } from './chain-text';

describe('the text of a chain', () => {
  const chain = {
    processors: {
      energy: 'wf_max * 2',
      'wf_min, wf_max': { args: ['wf_pz', 'wf_min', 'wf_max'], module: 'm', function: 'f' },
      wf_pz: { unit: 'ADC', function: 'pole_zero', args: ['wf', '180*us', 'wf_pz'] },
    },
    outputs: ['energy'],
  };

  it('is in the order of reading, whatever the order of keys', () => {
    expect(chainText(chain)).toBe(`{
  "outputs": ["energy"],
  "processors": {
    "wf_pz": {
      "function": "pole_zero",
      "args": ["wf", "180*us", "wf_pz"],
      "unit": "ADC"
    },
    "wf_min, wf_max": {
      "function": "f",
      "module": "m",
      "args": ["wf_pz", "wf_min", "wf_max"]
    },
    "energy": "wf_max * 2"
  }
}`);
  });

  it('says the same', () => {
    expect(JSON.parse(chainText(chain))).toEqual(chain);
    const long = {
      outputs: Array.from({ length: 40 }, (_, i) => `out_${i}`),
      processors: {},
      inputs: [{ file: 'a' }],
    };
    expect(JSON.parse(chainText(long))).toEqual(long);
  });
});
