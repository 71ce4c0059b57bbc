import type { EventFunction } from '../building/event-functions.js';
import { EventError } from '../errors.js';
import { Arguments } from './arguments.js';

/** What stands for a key where there is no channel. */
const noDetector = '0000000';

/**
 * Names of detectors in the place of table keys, with the shape of the field: one or a list per event. 0, NaN and what is
 * missing become "0000000".
 * @param detectors names by table key; undefined when a configuration gives none: then the function says so
 */
export function convertRawid(detectors: ReadonlyMap<number, string> | undefined): EventFunction {
  return {
    name: 'legend.convert_rawid',
    description: 'Names of detectors in the place of the keys of their tables.',
    prepare(given) {
      const args = new Arguments(this.name, given, ['rawid_obj']);
      const field = args.field('rawid_obj');
      const nameOf = (key: number): string => {
        if (key === 0 || Number.isNaN(key)) return noDetector;
        const name = detectors?.get(key);
        if (name !== undefined) return name;
        throw new EventError(
          `${field}: there is no detector of key ${key}; name it in channel_mapping or in the channel map`,
        );
      };
      return {
        columns: [],
        fields: [field],
        type: (types) => {
          const { depth, kind } = types.get(field)!;
          if (depth > 1 || kind === 'bool' || kind === 'complex128')
            throw new EventError(`${field} must hold one table key per event, or a list of them`);
          if (detectors === undefined)
            throw new EventError(
              `${this.name} needs the detectors' names: give channel_mapping, or a channel map`,
            );
          return { kind: 'text', depth: depth === 0 ? 0 : 1 };
        },
        run: ({ fields }) => {
          const { data, step, offsets, valid } = fields.get(field)!;
          const [lists] = offsets ?? [];
          const values = Array.from({ length: data.length }, (_, i) =>
            nameOf(valid?.[i] === 0 ? 0 : Number(data[i * step])),
          );
          return lists === undefined ? { kind: 'text', values } : { kind: 'text', values, offsets: lists };
        },
      };
    },
  };
}
