import { exgaussCdf, exgaussPdf } from './exgauss.js';
import { gaussCdf, gaussPdf } from './gauss.js';
import { uniformPdf } from './simple.js';
import { stepCdf, stepPdf } from './step.js';

/** A γ line of a germanium detector in a range of energies. */
export interface HpgePeak {
  readonly xLo: number;
  readonly xHi: number;
  /** Counts in the line. */
  readonly nSig: number;
  readonly mu: number;
  readonly sigma: number;
  /** Fraction of the line in its tail to low energies, 0 to 1. */
  readonly htail: number;
  /** Length of the tail. */
  readonly tau: number;
  /** Counts below the line in the range. */
  readonly nBkg: number;
  /** Height of the step of the background, −1 to 1. */
  readonly hstep: number;
}

/** Shape of a line without background: (1−h)·Gauss + h·tail, normalised to 1. */
export function peakShape(x: number, { mu, sigma, htail, tau }: PeakShape): number {
  const tail = htail === 0 ? 0 : htail * exgaussPdf(x, mu, sigma, tau);
  return (1 - htail) * gaussPdf(x, mu, sigma) + tail;
}

/** The parameters of a line's shape. */
export type PeakShape = Pick<HpgePeak, 'mu' | 'sigma' | 'htail' | 'tau'>;

/** Counts per unit of x: n_sig[(1−h)G + h·T] + n_bkg·S. */
export function hpgePeak(x: number, peak: HpgePeak): number {
  return peak.nSig * peakShape(x, peak) + peak.nBkg * stepPdf(x, peak);
}

/** Counts below x: the integral of {@link hpgePeak}, the line's from −∞. */
export function hpgePeakCounts(x: number, peak: HpgePeak): number {
  const { mu, sigma, htail, tau, nSig, nBkg } = peak;
  const tail = htail === 0 ? 0 : htail * exgaussCdf(x, mu, sigma, tau);
  return nSig * ((1 - htail) * gaussCdf(x, mu, sigma) + tail) + nBkg * stepCdf(x, peak);
}

/** Counts per unit of x of a Gaussian line on a step. */
export function gaussOnStep(x: number, peak: Omit<HpgePeak, 'htail' | 'tau'>): number {
  return peak.nSig * gaussPdf(x, peak.mu, peak.sigma) + peak.nBkg * stepPdf(x, peak);
}

/**
 * Counts per unit of x of a Gaussian line on a flat background in [xLo, xHi].
 * @param compat `pygama` takes the upper end for a width, as stored results of pygama have it: its background is 1/xHi
 * from xLo to xLo + xHi, so its n_bkg is too large by xHi/(xHi − xLo)
 */
export function gaussOnUniform(
  x: number,
  peak: Omit<HpgePeak, 'htail' | 'tau' | 'hstep'>,
  compat?: 'pygama',
): number {
  const { xLo, xHi, nSig, mu, sigma, nBkg } = peak;
  const width = compat === 'pygama' ? xHi : xHi - xLo;
  return nSig * gaussPdf(x, mu, sigma) + nBkg * uniformPdf(x, xLo, width);
}
