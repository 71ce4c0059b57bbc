import { describe, expect, it } from 'vitest';
import { parseTemplate, resolveTemplate, templateText, templateTokens } from './legend-template';
import type { RowValue } from './marks';
import { formatNumber, parseFormat } from './number-format';

const values: Readonly<Record<string, RowValue>> = {
  'dsp/trapEmax': { values: [1234.567], units: 'ADC' },
  'dsp/peaks': { values: [1, Number.NaN, 3.25, 4], units: 'ns' },
};
const text = (template: string): string =>
  templateText(template, { row: 12345, table: 'ch1/raw' }, (token) => values[token]);
const columns = [
  { token: 'dsp/trapEmax', name: 'trapEmax' },
  { token: 'hit/trapEmax', name: 'trapEmax' },
];

describe('a legend', () => {
  it('is filled with values in their formats', () => {
    expect(text('{dsp/trapEmax:.1f} keV, row {row} of {table}')).toBe('1234.6 keV, row 12345 of ch1/raw');
    expect(text('{dsp/trapEmax} {dsp/peaks:.2f} {dsp/other}')).toBe('1235 1.00, nan, 3.25, … –');
    expect(text('{{{row}}}')).toBe('{12345}');
  });

  it('finds columns by their short names', () => {
    const resolved = resolveTemplate('{trapEmax:.1f}{{ {hit/trapEmax} {row:06d}', columns);
    expect(resolved).toEqual({ text: '{dsp/trapEmax:.1f}{{ {hit/trapEmax} {row:06d}', fault: null });
    expect(templateTokens(resolved.text)).toEqual(['dsp/trapEmax', 'hit/trapEmax']);
    expect(resolveTemplate('{nothing}', columns)).toEqual({
      text: '{nothing}',
      fault: 'there is no column nothing',
    });
  });

  it('says what is wrong with it', () => {
    expect(parseTemplate('{a')).toContain('stands alone');
    expect(parseTemplate('a } b')).toContain('write }}');
    expect(parseTemplate('{:.1f}')).toContain('names no column');
    const faulty = resolveTemplate('{a:.1x}', columns);
    expect([faulty.text, faulty.fault]).toEqual([
      '',
      '.1x is no format for numbers; .1f, .3e, .4g and d are',
    ]);
    expect(parseTemplate('')).toEqual([]);
  });
});

describe('numbers', () => {
  it.each([
    ['.1f', 2.26, '2.3'],
    ['.2f', -1.005, '-1.00'],
    ['+.0f', 7, '+7'],
    ['08.2f', -3.14159, '-0003.14'],
    ['8.2f', 3.14159, '    3.14'],
    ['.3e', 12342, '1.234e+04'],
    ['.2E', 0.00012, '1.20E-04'],
    ['g', 1e-5, '1e-05'],
    ['.3g', 1234567, '1.23e+06'],
    ['g', 100000, '100000'],
    ['.4g', 0.5, '0.5'],
    [',d', 1234567, '1,234,567'],
    [',.1f', 1234.56, '1,234.6'],
    ['.1%', 0.256, '25.6%'],
    ['', 12345.678, '1.235e+04'],
    ['.1f', Number.NaN, 'nan'],
    ['+f', Infinity, '+inf'],
  ])('in the format %s: %d', (format, value, expected) => {
    expect(formatNumber(value, parseFormat(format)!)).toBe(expected);
  });

  it('have no other formats', () => {
    for (const format of ['x', '.f', '1.2.3f', '.1 f', 'ff']) expect(parseFormat(format)).toBeUndefined();
  });
});
