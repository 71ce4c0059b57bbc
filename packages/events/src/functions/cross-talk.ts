import { type CompiledExpression, cast, compileExpression, expressionNames } from '@countroom/expressions';
import type { EventFunction } from '../building/event-functions.js';
import { EventError } from '../errors.js';
import { Arguments } from './arguments.js';

/** Cross-talk between channels: shares of the energy of a row's channel that appear in a column's channel. */
export interface CrossTalk {
  /** Table keys of the rows and columns. */
  readonly channels: readonly number[];
  readonly negative: readonly (readonly (number | null)[])[];
  readonly positive: readonly (readonly (number | null)[])[];
}

/** Share of the energy of channel `from` in channel `to`: of the two matrices what is larger in magnitude; NaN is 0. */
export type CrossTalkShare = (to: number, from: number) => number;

/** Makes a look-up of two matrices. Throws an EventError when they do not fit to the channels. */
export function crossTalkShare({ channels, negative, positive }: CrossTalk): CrossTalkShare {
  const size = channels.length;
  for (const [name, matrix] of Object.entries({ negative, positive })) {
    if (matrix.length !== size || matrix.some((row) => row.length !== size))
      throw new EventError(`crossTalk.${name} must be ${size} × ${size} numbers, as many as channels`);
  }
  const position = new Map(channels.map((key, i) => [key, i]));
  const known = (value: number | null): number => (value === null || Number.isNaN(value) ? 0 : value);
  return (to, from) => {
    const [row, column] = [position.get(from), position.get(to)];
    if (row === undefined || column === undefined) return 0;
    const [p, n] = [known(positive[row]![column]!), known(negative[row]![column]!)];
    return Math.abs(p) > Math.abs(n) ? p : n;
  };
}

/**
 * Energies without what other channels of the event put into them, `E' = E − M·E`. Channels whose calibrated energy is
 * below the threshold put nothing. Only hits that the multiplicity expression lets pass are in the result.
 * @param crossTalk undefined when a configuration gives none: then the function says so when it is named
 */
export function applyCrossTalkCorrection(crossTalk: CrossTalk | undefined): EventFunction {
  return {
    name: 'geds.apply_xtalk_correction',
    description: 'Energies of germanium detectors corrected for cross-talk, or the places of their hits.',
    prepare(given) {
      const names = [
        'return_mode',
        'uncal_energy_expr',
        'cal_energy_expr',
        'multiplicity_expr',
        'energy_threshold',
      ];
      const args = new Arguments(this.name, given, names);
      const mode = args.choice('return_mode', ['energy', 'tcm_index'] as const, 'energy');
      const threshold = args.number('energy_threshold');
      const texts = ['uncal_energy_expr', 'cal_energy_expr', 'multiplicity_expr'].map((name) =>
        args.text(name),
      );
      if (crossTalk === undefined)
        throw new EventError(`${this.name} needs the matrices of the option crossTalk`);
      const share = crossTalkShare(crossTalk);
      let compiled: readonly CompiledExpression[] = [];
      return {
        columns: [...new Set(texts.flatMap(expressionNames))],
        fields: [],
        type: (types) => {
          compiled = texts.map((text) => compileExpression(text, types));
          if (compiled.some(({ depth }) => depth > 0))
            throw new EventError('an expression gives a list per hit');
          if (compiled[2]!.kind !== 'bool') throw new EventError('multiplicity_expr must give a truth value');
          return { kind: mode === 'energy' ? 'float64' : 'int32', depth: 1 };
        },
        run: ({ selection, columns, map, keys, firstHit }) => {
          const { hits, ends } = selection;
          const [energy, calibrated, passes] = compiled.map((one) =>
            cast(one.evaluate(columns, hits.length), 'float64'),
          );
          const at = (vector: typeof energy, i: number): number => vector!.data[i * vector!.step]!;
          const keyOf = (i: number): number => keys[map.table[hits[i]!]!]!;
          const values: number[] = [];
          const offsets = new Int32Array(ends.length + 1);
          for (let e = 0, from = 0; e < ends.length; from = ends[e]!, e++) {
            for (let i = from; i < ends[e]!; i++) {
              if (at(passes, i) === 0) continue;
              let corrected = at(energy, i);
              for (let j = from; j < ends[e]!; j++) {
                if (at(calibrated, j) >= threshold) corrected -= share(keyOf(i), keyOf(j)) * at(energy, j);
              }
              values.push(mode === 'energy' ? corrected : firstHit + hits[i]!);
            }
            offsets[e + 1] = values.length;
          }
          return mode === 'energy'
            ? { kind: 'float64', data: Float64Array.from(values), step: 1, offsets: [offsets] }
            : { kind: 'int32', data: Int32Array.from(values), step: 1, offsets: [offsets] };
        },
      };
    },
  };
}
