import { type GammaLine, lineLists } from '@countroom/analysis';

/** Lines of Th-228 and what follows it that the continuum is taken away from: the fitted ones, and weaker ones. */
export const avoidedLines: readonly number[] = [
  ...lineLists['Th-228']!.map(({ energy }) => energy),
  893.41,
  952.12,
  982.7,
  1078.63,
  1093.9,
  1512.7,
  1679.7,
  1806,
];

/** Where the continuum of single and several sites is counted: around the Q value of Ge-76, in keV. */
export const comptonWindow = { from: 2004, to: 2074 };

/** A double escape peak with the range around it that other lines leave. */
export function escapePeak(energy: number): GammaLine {
  return { name: 'double escape', energy, below: 20, above: 15 };
}

/** Lines whose survival is told. */
export function survivingLines(escape: number): GammaLine[] {
  const others = lineLists['Th-228']!.filter(
    ({ energy }) => energy > 1600 && Math.abs(energy - escape) > 5,
  ).map((line) => (line.energy < 1650 ? { ...line, below: 15 } : line));
  return [escapePeak(escape), ...others];
}
