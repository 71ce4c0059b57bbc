import type { CatalogueEntry } from '@countroom/dsp';
import { describe, expect, it } from 'vitest';
import { JsonPlaces } from './json-places';
import { literalsOf, numberText, sliderRange, stepOf } from './literals';

const catalogue: CatalogueEntry[] = [
  {
    name: 'trap',
    module: 'm',
    doc: '',
    signature: '',
    initArgs: [],
    args: [
      { name: 'w_in', doc: 'waveform' },
      { name: 'rise', doc: 'length of the rise', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'flat', doc: 'flat top' },
      { name: 'w_out', doc: 'result', output: true },
    ],
  },
];

function found(recipe: unknown) {
  const chain = { processors: { x: recipe } };
  const places = new JsonPlaces(JSON.stringify(chain));
  return literalsOf(places, ['processors', 'x'], recipe as never, catalogue).map((one) => ({
    ...one,
    text: places.text.slice(one.from, one.to),
    unitText: one.unit === undefined ? '' : places.text.slice(one.unit.from, one.unit.to),
  }));
}

describe('numbers that can be turned', () => {
  it('are those of the inputs, with units and names', () => {
    const literals = found({
      function: 'm.trap',
      args: ['wf', '10*us', 125, 'out(50)'],
      defaults: { 'db.t': '2*ms' },
    });
    expect(literals.map(({ text, unitText, label }) => [text, unitText, label])).toEqual([
      ['10', 'us', 'rise'],
      ['125', '', 'flat'],
      ['2', 'ms', 'db.t'],
    ]);
    expect(literals[0]?.range).toEqual({ low: 0, high: 'n' });
  });

  it('are told by the argument that a parameter stands for', () => {
    const [only] = found({
      function: 'm.trap',
      args: ['wf', 'db.r', 'db.f', 'out'],
      defaults: { 'db.r': '4*us' },
    });
    expect(only).toMatchObject({
      label: 'rise (db.r)',
      doc: 'length of the rise',
      text: '4',
      unitText: 'us',
    });
  });

  it('stand in expressions too, several of them', () => {
    expect(found('wf[100:2*us] * 0.5 + tp_90').map(({ text, unitText }) => text + unitText)).toEqual([
      '100',
      '2us',
      '0.5',
    ]);
  });
});

describe('turning', () => {
  const plain = { unit: undefined, range: undefined };
  it('goes in steps that fit the number', () => {
    expect(stepOf({ ...plain, value: 8 })).toBe(1);
    expect(stepOf({ ...plain, value: 0.5 })).toBeCloseTo(0.01);
    expect(stepOf({ ...plain, value: 3, range: { isWhole: true } })).toBe(1);
  });
  it('reaches from nothing to twice the number, within what is allowed', () => {
    expect(sliderRange(10, plain)).toEqual([0, 20]);
    expect(sliderRange(-10, plain)).toEqual([-20, 0]);
    expect(sliderRange(0.9, { unit: undefined, range: { low: 0, high: 1 } })).toEqual([0, 1]);
  });
  it('writes short numbers', () => {
    expect(numberText(0.1 + 0.2)).toBe('0.3');
  });
});
