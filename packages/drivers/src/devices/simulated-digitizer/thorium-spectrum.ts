import type { RandomSource } from './random-source.js';

/** Electron rest energy, keV (CODATA). */
const electronKev = 510.999;

/** One gamma line: energy in keV and photons per 100 decays of Th-228 with its chain in equilibrium. */
export interface GammaLine {
  readonly nuclide: string;
  readonly keV: number;
  readonly percent: number;
}

/** Stronger lines of the Th-228 chain, from evaluated decay data (Tl-208 scaled by its branch of 35.94 %). */
export const thoriumLines: readonly GammaLine[] = [
  { nuclide: 'Th-228', keV: 84.373, percent: 1.22 },
  { nuclide: 'Pb-212', keV: 238.632, percent: 43.6 },
  { nuclide: 'Ra-224', keV: 240.986, percent: 4.12 },
  { nuclide: 'Tl-208', keV: 277.371, percent: 2.37 },
  { nuclide: 'Pb-212', keV: 300.087, percent: 3.3 },
  { nuclide: 'Tl-208', keV: 510.77, percent: 8.1 },
  { nuclide: 'Tl-208', keV: 583.187, percent: 30.6 },
  { nuclide: 'Bi-212', keV: 727.33, percent: 6.67 },
  { nuclide: 'Tl-208', keV: 763.13, percent: 0.65 },
  { nuclide: 'Bi-212', keV: 785.37, percent: 1.1 },
  { nuclide: 'Tl-208', keV: 860.557, percent: 4.48 },
  { nuclide: 'Bi-212', keV: 1078.62, percent: 0.56 },
  { nuclide: 'Bi-212', keV: 1620.5, percent: 1.51 },
  { nuclide: 'Tl-208', keV: 2614.511, percent: 35.85 },
];

/** Highest energy lost by Compton scattering once, keV. */
export function comptonEdge(keV: number): number {
  const alpha = keV / electronKev;
  return (keV * 2 * alpha) / (1 + 2 * alpha);
}

/**
 * Shape of the Compton continuum: Klein and Nishina's cross section by electron energy, for `share` =
 * electron energy / photon energy below the edge (not normalised).
 */
export function kleinNishina(share: number, keV: number): number {
  const alpha = keV / electronKev;
  const rest = 1 - share;
  return 2 + (share * share) / (alpha * alpha * rest * rest) + (share / rest) * (share - 2 / alpha);
}

interface Component {
  /** Sum of the weights up to and including this one. */
  readonly upTo: number;
  energy(random: RandomSource): number;
}

const comptonSteps = 512;

function comptonSampler(keV: number): (random: RandomSource) => number {
  const edge = comptonEdge(keV);
  const sums = new Float64Array(comptonSteps + 1);
  for (let i = 0; i < comptonSteps; i++) {
    sums[i + 1] = sums[i]! + kleinNishina(((i + 0.5) / comptonSteps) * (edge / keV), keV);
  }
  return (random) => {
    const wanted = random.uniform() * sums[comptonSteps]!;
    let low = 0;
    let high = comptonSteps;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (sums[middle]! <= wanted) low = middle;
      else high = middle;
    }
    const within = (wanted - sums[low]!) / (sums[low + 1]! - sums[low]!);
    return ((low + within) / comptonSteps) * edge;
  };
}

/**
 * Energies that a germanium detector of medium size loses a Th-228 source's photons in, before resolution:
 * full-energy lines, a Compton continuum under each, scattered photons from the surroundings between edge
 * and line, and the escape and annihilation lines of 2614.5 keV.
 */
export class ThoriumSpectrum {
  private readonly components: Component[] = [];
  private total = 0;

  constructor() {
    for (const { keV, percent } of thoriumLines) {
      // Interaction and full-energy probability fall about like these powers between 0.1 and 3 MeV.
      const seen = percent * (keV / 1000) ** -0.35;
      const full = Math.min(0.85, 0.22 * (keV / 1000) ** -0.75);
      this.add(seen * full, () => keV);
      this.add(seen * (1 - full) * 0.85, comptonSampler(keV));
      this.add(seen * (1 - full) * 0.15, (random) => keV * (1 - 0.9 * random.uniform() ** 2));
      if (keV > 2 * electronKev + 500) {
        this.add(seen * full * 0.1, () => keV - 2 * electronKev);
        this.add(seen * full * 0.22, () => keV - electronKev);
        this.add(seen * full * 0.25, () => electronKev);
      }
    }
  }

  /** One deposited energy, keV. */
  sample(random: RandomSource): number {
    const wanted = random.uniform() * this.total;
    const found = this.components.find((component) => component.upTo > wanted);
    return found === undefined ? 0 : found.energy(random);
  }

  private add(weight: number, energy: (random: RandomSource) => number): void {
    this.total += weight;
    this.components.push({ upTo: this.total, energy });
  }
}
