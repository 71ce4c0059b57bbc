import type { PicoScopeConfig } from '../pico-scope.config.js';
import { families } from './families.js';
import type { Findings } from './finding.js';
import { mostPoints } from './generator.config.js';

/** Highest frequency of the built-in shapes, Hz. */
const highest: Readonly<Record<PicoScopeConfig['family'], number>> = {
  '2000': 100_000,
  '2000a': 1_000_000,
  '3000a': 1_000_000,
  '4000': 100_000,
  '4000a': 1_000_000,
};
const lowest = 0.03;
/** Furthest voltage of the output, V. */
const furthestV = 2;

/** Checks the settings of a generator that is on. */
export function checkGenerator({ family, generator }: PicoScopeConfig, findings: Findings): void {
  const most = highest[family];
  const frequencies = [
    ['frequencyHz', generator.frequencyHz],
    ['stopFrequencyHz', generator.stopFrequencyHz],
  ] as const;
  for (const [key, hertz] of frequencies) {
    if (hertz === undefined || generator.shape === 'dc' || (hertz >= lowest && hertz <= most)) continue;
    const nearest = hertz > most ? most : lowest;
    findings.error(`generator.${key}`, `${hertz} Hz cannot be made`, `give ${lowest} to ${most} Hz`, nearest);
  }
  if (generator.shape === 'white-noise' && family === '2000') {
    findings.error('generator.shape', 'the family 2000 makes no white noise', 'take another shape', 'sine');
  }
  if (generator.shape === 'arbitrary') checkArbitrary(family, generator, findings);
  if (!(generator.stepHz > 0)) {
    findings.error(
      'generator.stepHz',
      `a sweep in steps of ${generator.stepHz} Hz does not move`,
      'give more than 0 Hz',
      10,
    );
  }
  if (generator.dwellS !== undefined && !(generator.dwellS >= 0 && generator.dwellS <= 3600)) {
    findings.error(
      'generator.dwellS',
      `${generator.dwellS} s per step cannot be set`,
      'give 0 to 3600 s',
      0.001,
    );
  }
  const { peakToPeakV, offsetV } = generator;
  if (!(peakToPeakV >= 0 && peakToPeakV <= 2 * furthestV)) {
    const nearest = peakToPeakV > 0 ? 2 * furthestV : 0;
    findings.error(
      'generator.peakToPeakV',
      `${peakToPeakV} V cannot be made`,
      `give 0 to ${2 * furthestV} V`,
      nearest,
    );
  } else if (Math.abs(offsetV) + peakToPeakV / 2 > furthestV) {
    findings.error(
      'generator.offsetV',
      `with an offset of ${offsetV} V the output leaves ± ${furthestV} V`,
      'take a smaller offset or amplitude',
      Math.sign(offsetV) * Number((furthestV - peakToPeakV / 2).toPrecision(6)),
    );
  }
}

function checkArbitrary(
  family: PicoScopeConfig['family'],
  { points, frequencyHz, stopFrequencyHz }: PicoScopeConfig['generator'],
  findings: Findings,
): void {
  if (!families[family].arbitraryWaves)
    findings.error(
      'generator.shape',
      `arbitrary waveforms are not made with the family ${family}`,
      'take another shape',
      'sine',
    );
  if (points.length < 2)
    findings.error(
      'generator.points',
      `${points.length} points make no waveform`,
      `give 2 to ${mostPoints} points from -1 to 1`,
    );
  if (stopFrequencyHz !== undefined && stopFrequencyHz !== frequencyHz)
    findings.warning(
      'generator.stopFrequencyHz',
      'an arbitrary waveform is not swept',
      'its first frequency is kept',
      frequencyHz,
    );
}
