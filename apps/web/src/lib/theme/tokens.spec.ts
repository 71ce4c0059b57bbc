import { describe, expect, it } from 'vitest';
import { darkTokens, lightTokens, type Tokens } from './tokens';

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** Contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each([
  ['light', lightTokens],
  ['dark', darkTokens],
] as [string, Tokens][])('%s colours', (_, tokens) => {
  const words = ['text', 'dim', 'accent', 'running', 'warning', 'alarm', 'stale'] as const;

  it.each(words)('%s can be read on every surface', (word) => {
    for (const surface of [tokens.page, tokens.panel, tokens.raised]) {
      expect(contrast(tokens[word], surface)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('state words can be read on their own soft surface', () => {
    expect(contrast(tokens.warning, tokens.warningSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.text, tokens.alarmSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.accent, tokens.accentSoft)).toBeGreaterThanOrEqual(4.5);
  });

  it('a single count stands out from the panel, and more counts are ever brighter', () => {
    const [few = ''] = tokens.heat;
    expect(contrast(few, tokens.panel)).toBeGreaterThanOrEqual(2.5);
    const bright = tokens.heat.map(luminance);
    expect([...bright].sort((a, b) => a - b)).toEqual(bright);
  });

  it('curves stand out from the panel', () => {
    for (const color of tokens.series) expect(contrast(color, tokens.panel)).toBeGreaterThanOrEqual(3);
  });
});
