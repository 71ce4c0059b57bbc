/** A γ line and the range around it that is fitted, in keV. */
export interface GammaLine {
  readonly name: string;
  readonly energy: number;
  /** How far the fitted range reaches below and above the line. */
  readonly below: number;
  readonly above: number;
  /** Broader than other lines (escape peaks, annihilation): not used for the resolution curve. */
  readonly broad?: boolean;
  /** Fitted with a tail to low energies where there is one (`tail`, when absent), or without (`gauss`). */
  readonly shape?: 'tail' | 'gauss';
  /** Weaker lines so close by that they are fitted with it: energy in keV, and counts relative to the line's. */
  readonly companions?: readonly { readonly energy: number; readonly ratio: number }[];
}

const line = (name: string, energy: number, reach: number, broad = false): GammaLine => ({
  name,
  energy,
  below: reach,
  above: reach,
  ...(broad ? { broad } : {}),
});

/**
 * Lines of sources that labs calibrate with, in keV (Decay Data Evaluation Project, recommended values; escape peaks one
 * and two electron masses below 2614.511 keV). Ra-224 is fitted with Pb-212, after the photons per decay of each.
 */
export const lineLists: Readonly<Record<string, readonly GammaLine[]>> = {
  'Th-228': [
    { ...line('Pb-212', 238.632, 8), companions: [{ energy: 240.986, ratio: 4.12 / 43.6 }] },
    line('Tl-208', 583.187, 15),
    line('Bi-212', 727.33, 15),
    line('Tl-208', 860.53, 20),
    line('double escape', 1592.513, 20, true),
    line('Bi-212', 1620.738, 20),
    line('single escape', 2103.513, 25, true),
    line('Tl-208', 2614.511, 35),
  ],
  'Co-60': [line('Co-60', 1173.228, 25), line('Co-60', 1332.492, 25)],
  'Cs-137': [line('Cs-137', 661.655, 20)],
};
