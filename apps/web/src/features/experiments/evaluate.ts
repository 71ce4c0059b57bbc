import type { EvaluationNumber, Language, ReportNumber } from '@countroom/contracts';
import { message } from './messages';

/** How a number compares with what is known of it; `good` is null when nothing is. */
export interface Judgement {
  readonly good: boolean | null;
  readonly said: string;
}

/** A measured number agrees with a known one when it is less than this many uncertainties away. */
const agreeing = 2;

/** Compares a number of a report with what is expected of it, or with its limits. */
export function judge(
  { expected, min, max }: Pick<EvaluationNumber, 'expected' | 'min' | 'max'>,
  { value, error }: Pick<ReportNumber, 'value' | 'error'>,
  language: Language,
): Judgement {
  if (value === null) return { good: null, said: '–' };
  if (expected !== undefined) {
    if (error === null || !(error > 0)) return { good: null, said: message(language, 'unknownUncertainty') };
    const away = Math.abs(value - expected) / error;
    const good = away <= agreeing;
    return {
      good,
      said: `${message(language, good ? 'agrees' : 'strays')} ${decimal(away.toFixed(1), language)} ${message(language, 'sigmas')}`,
    };
  }
  if (min === undefined && max === undefined) return { good: null, said: '' };
  const good = value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  return { good, said: message(language, good ? 'inside' : 'outside') };
}

/** What is expected, as text with its unit. */
export function expectation(
  { expected, min, max }: Pick<EvaluationNumber, 'expected' | 'min' | 'max'>,
  unit: string,
  language: Language,
): string {
  const withUnit = (value: number): string => decimal(`${value} ${unit}`.trim(), language);
  if (expected !== undefined) return withUnit(expected);
  if (min !== undefined && max !== undefined)
    return `${decimal(String(min), language)} ${message(language, 'to')} ${withUnit(max)}`;
  if (min !== undefined) return `${message(language, 'atLeast')} ${withUnit(min)}`;
  return max === undefined ? '' : `${message(language, 'atMost')} ${withUnit(max)}`;
}

/** Numbers in German have a comma. */
export function decimal(text: string, language: Language): string {
  return language === 'de' ? text.replace(/(\d)\.(\d)/g, '$1,$2') : text;
}
