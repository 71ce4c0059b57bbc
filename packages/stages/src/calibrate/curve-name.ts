import type { ResolutionCurve } from '@countroom/analysis';

/** How a curve of the resolution is written. */
export function curveName({ shape }: Pick<ResolutionCurve, 'shape'>): string {
  return shape === 'linear' ? '√(a + bE)' : '√(a + bE + cE²)';
}
