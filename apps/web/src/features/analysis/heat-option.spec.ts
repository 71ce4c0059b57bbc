import { describe, expect, it } from 'vitest';
import { faultPoints, heatColor, heatOption, heatPoints, lowestPoint, mapCsv } from './heat-option';

const map = {
  x: ['2*us', '4*us', '6*us'],
  y: ['1*us', '2*us'],
  label: 'Width',
  values: [
    [3, null, 2.5],
    [2, 1.5, 4],
  ],
};

describe('a surface over two parameters', () => {
  it('has a field for each point with a value, and knows the best', () => {
    expect(heatPoints(map)).toHaveLength(5);
    expect(lowestPoint(map)).toEqual([1, 1, 1.5]);
    expect(lowestPoint({ ...map, values: [[null]] })).toBeUndefined();
  });

  it('is coloured from the highest to the best', () => {
    const heat = ['pale', 'middle', 'deep'];
    expect([4, 2.5, 1.5].map((value) => heatColor(value, [1.5, 4], heat))).toEqual([
      'pale',
      'middle',
      'deep',
    ]);
    expect(heatColor(2, [2, 2], heat)).toBe('deep');
    // One far value leaves colours for the others.
    expect([1000, 31, 2].map((value) => heatColor(value, [1, 1000], heat))).toEqual([
      'pale',
      'middle',
      'deep',
    ]);
  });

  it('stands on the values of its parameters', () => {
    const tokens = { heat: ['pale', 'deep'], text: 'black', panel: 'white', dim: 'grey' };
    const option = heatOption({ xLabel: 'trap.flat', yLabel: 'trap.rise' }, map, tokens);
    expect(option).toMatchObject({ xAxis: { data: map.x, name: 'trap.flat' }, yAxis: { data: map.y } });
  });

  it('has a cross for each point that was tried without a result', () => {
    const tokens = { heat: ['pale', 'deep'], text: 'black', panel: 'white', dim: 'grey' };
    const faults = [
      [null, 'too long', null],
      [null, null, null],
    ];
    expect(faultPoints({ ...map, faults })).toEqual([[1, 0, 'too long']]);
    expect(heatOption({ xLabel: 'x', yLabel: 'y' }, { ...map, faults }, tokens)).toMatchObject({
      series: [{ id: 'map' }, { id: 'faults', data: [[1, 0]] }],
    });
  });

  it('can be saved', () => {
    expect(mapCsv({ xLabel: 'flat', yLabel: 'rise' }, map).split('\n').slice(0, 3)).toEqual([
      'rise,flat,Width',
      '1*us,2*us,3',
      '1*us,6*us,2.5',
    ]);
  });
});
