/** Colours of one scheme. Saturated ones are kept for states that ask to be looked at. */
export interface Tokens {
  readonly page: string;
  readonly panel: string;
  readonly raised: string;
  readonly border: string;
  readonly strongBorder: string;
  readonly text: string;
  readonly dim: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly running: string;
  readonly warning: string;
  readonly warningSoft: string;
  readonly alarm: string;
  readonly alarmSoft: string;
  readonly stale: string;
  readonly gridLine: string;
  /** Curves, told apart also with colour blindness; repeated when there are more. */
  readonly series: readonly string[];
  /** From few to many: viridis, whose even steps look even, also without colour; none sinks into the background. */
  readonly heat: readonly string[];
}

export const lightTokens: Tokens = {
  page: '#f3f4f6',
  panel: '#ffffff',
  raised: '#f8f9fa',
  border: '#d8dce1',
  strongBorder: '#868f98',
  text: '#1c2126',
  dim: '#56606a',
  accent: '#1f5f99',
  accentSoft: '#e4eef7',
  running: '#15703c',
  warning: '#8a5600',
  warningSoft: '#fdf1d8',
  alarm: '#b3202b',
  alarmSoft: '#fbe5e6',
  stale: '#5d6771',
  gridLine: '#e6e9ec',
  series: ['#1f6fb2', '#b85c00', '#1d7f5f', '#9a4a86', '#8a6d00', '#4a5fb0', '#a8333c', '#4f5b66'],
  heat: ['#440154', '#46327e', '#365c8d', '#277f8e', '#1fa187', '#4ac16d', '#a0da39', '#fde725'],
};

export const darkTokens: Tokens = {
  page: '#14171a',
  panel: '#1b1f23',
  raised: '#22272c',
  border: '#343b42',
  strongBorder: '#75808b',
  text: '#dfe4e8',
  dim: '#a0abb5',
  accent: '#7cb4ea',
  accentSoft: '#1f3245',
  running: '#5cc98a',
  warning: '#e6b04c',
  warningSoft: '#3a2f17',
  alarm: '#ff8087',
  alarmSoft: '#43201f',
  stale: '#97a2ac',
  gridLine: '#2a3036',
  series: ['#6fb3ec', '#eea35c', '#5fc9a3', '#d792c4', '#d8bb4f', '#9db0f2', '#f28b92', '#a9b5c0'],
  heat: ['#5a5fb4', '#3f78a8', '#2d8f93', '#26a98a', '#4ac16d', '#8fd744', '#c8e020', '#fde725'],
};

export type ColorScheme = 'light' | 'dark';

/** Tokens of a colour scheme. */
export function tokensOf(scheme: ColorScheme): Tokens {
  return scheme === 'dark' ? darkTokens : lightTokens;
}
