import { type CompiledExpression, cast, compileExpression, expressionNames } from '@countroom/expressions';
import type {
  EventFunction,
  EventFunctionContext,
  PreparedEventFunction,
} from '../building/event-functions.js';
import { EventError } from '../errors.js';
import { Arguments } from './arguments.js';
import { type CrossTalk, sharesBetween } from './cross-talk-matrix.js';
import { type ChannelCalibrations, Recalibration } from './recalibration.js';

const correctionArguments = [
  'return_mode',
  'uncal_energy_expr',
  'cal_energy_expr',
  'multiplicity_expr',
  'energy_threshold',
  // Files that established configurations name: what they hold comes as options.
  'xtc_matrix_file',
] as const;

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
      const args = new Arguments(this.name, given, correctionArguments);
      return corrected(args, this.name, crossTalk);
    },
  };
}

/**
 * As {@link applyCrossTalkCorrection}, then calibrated by the operations that made the hits of each channel, with the
 * corrected energy in the place of `uncal_var`. The result is that of the operation `recal_var`.
 * @param calibrations undefined when a configuration gives none: then the function says so when it is named
 */
export function applyCrossTalkAndCalibrate(
  crossTalk: CrossTalk | undefined,
  calibrations: ChannelCalibrations | undefined,
): EventFunction {
  return {
    name: 'geds.apply_xtalk_correction_and_calibrate',
    description:
      'Energies of germanium detectors corrected for cross-talk, then calibrated channel by channel.',
    prepare(given) {
      const names = [...correctionArguments, 'par_files', 'uncal_var', 'recal_var'];
      const args = new Arguments(this.name, given, names);
      const energy = args.column('uncal_var');
      const result = args.text('recal_var').replace(/^hit\./, '');
      const recalibration =
        calibrations === undefined ? undefined : new Recalibration(calibrations, energy, result);
      const prepared = corrected(args, this.name, crossTalk, recalibration);
      return {
        ...prepared,
        columns: [...new Set([...prepared.columns, energy])],
        type: (types) => {
          if (calibrations === undefined)
            throw new EventError(`${this.name} needs the operations of the option calibrations`);
          return prepared.type(types);
        },
      };
    },
  };
}

function corrected(
  args: Arguments,
  name: string,
  crossTalk: CrossTalk | undefined,
  recalibration?: Recalibration,
): PreparedEventFunction {
  const mode = args.choice('return_mode', ['energy', 'tcm_index'] as const, 'energy');
  const threshold = args.number('energy_threshold');
  const texts = ['uncal_energy_expr', 'cal_energy_expr', 'multiplicity_expr'].map((text) => args.text(text));
  const sharesOf = crossTalk === undefined ? undefined : sharesBetween(crossTalk);
  let compiled: readonly CompiledExpression[] = [];
  return {
    columns: [...new Set([...texts.flatMap(expressionNames), ...(recalibration?.columns ?? [])])],
    fields: [],
    type: (types) => {
      if (sharesOf === undefined) throw new EventError(`${name} needs the matrices of the option crossTalk`);
      compiled = texts.map((text) => compileExpression(text, types));
      if (compiled.some(({ depth }) => depth > 0)) throw new EventError('an expression gives a list per hit');
      if (compiled[2]!.kind !== 'bool') throw new EventError('multiplicity_expr must give a truth value');
      recalibration?.check(types);
      return { kind: mode === 'energy' ? 'float64' : 'int32', depth: 1 };
    },
    run: (context) => {
      const [energy, calibrated, passes] = compiled.map((one) => floats(one, context)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      const { places, offsets } = passing(context, passes);
      if (mode === 'tcm_index') {
        const { hits } = context.selection;
        const data = places.map((place) => context.firstHit + hits[place]!);
        return { kind: 'int32', data, step: 1, offsets: [offsets] };
      }
      const sent = energy.map((one, i) => (calibrated[i]! >= threshold ? one : 0));
      const energies = withoutShares(context, { energy, sent, places, offsets }, sharesOf!);
      const data = recalibration === undefined ? energies : recalibration.run(context, places, energies);
      return { kind: 'float64', data, step: 1, offsets: [offsets] };
    },
  };
}

function floats(one: CompiledExpression, { columns, selection }: EventFunctionContext): Float64Array {
  return cast(one.evaluate(columns, selection.hits.length), 'float64').data;
}

/** Places of the hits that pass, event by event. */
function passing(
  { selection: { ends } }: EventFunctionContext,
  passes: Float64Array,
): { readonly places: Int32Array; readonly offsets: Int32Array } {
  const places = new Int32Array(passes.length);
  const offsets = new Int32Array(ends.length + 1);
  let out = 0;
  for (let e = 0, i = 0; e < ends.length; e++) {
    for (; i < ends[e]!; i++) if (passes[i] !== 0) places[out++] = i;
    offsets[e + 1] = out;
  }
  return { places: places.subarray(0, out), offsets };
}

interface Energies {
  readonly energy: Float64Array;
  /** What a hit has for others to see; 0 below the threshold. */
  readonly sent: Float64Array;
  readonly places: Int32Array;
  readonly offsets: Int32Array;
}

/** Energies of the hits at places without what the others of their event put in. */
function withoutShares(
  { selection: { hits, ends }, map, keys }: EventFunctionContext,
  { energy, sent, places, offsets }: Energies,
  sharesOf: ReturnType<typeof sharesBetween>,
): Float64Array {
  const { position, shares, size } = sharesOf(keys);
  const out = new Float64Array(places.length);
  for (let e = 0, from = 0; e < ends.length; from = ends[e]!, e++) {
    for (let k = offsets[e]!; k < offsets[e + 1]!; k++) {
      const place = places[k]!;
      const to = position[map.table[hits[place]!]!]!;
      let left = energy[place]!;
      for (let j = from; to >= 0 && j < ends[e]!; j++) {
        const source = position[map.table[hits[j]!]!]!;
        if (source >= 0 && sent[j] !== 0) left -= shares[source * size + to]! * sent[j]!;
      }
      out[k] = left;
    }
  }
  return out;
}
