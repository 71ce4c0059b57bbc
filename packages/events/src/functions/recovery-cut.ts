import type { EventFunction } from '../building/event-functions.js';
import { EventError } from '../errors.js';
import { Arguments } from './arguments.js';

/** True for events less than a window of time behind a flagged one (itself included), over the whole run. */
export const applyRecoveryCut: EventFunction = {
  name: 'geds.apply_recovery_cut',
  description: 'Which events come shortly after one that is flagged, such as a discharge.',
  prepare(given) {
    const args = new Arguments(this.name, given, ['timestamps', 'flag', 'time_window']);
    const [timestamps, flag] = [args.field('timestamps'), args.field('flag')];
    const window = args.number('time_window');
    // Events come in order of time, in chunks: the last flagged one reaches into the next chunk.
    let last = Number.NaN;
    return {
      columns: [],
      fields: [timestamps, flag],
      type: (types) => {
        const { kind, depth } = types.get(flag)!;
        if (kind !== 'bool' || depth > 0) throw new EventError(`${flag} must be a truth value per event`);
        if (types.get(timestamps)!.depth > 0)
          throw new EventError(`${timestamps} must be one time per event`);
        return { kind: 'bool', depth: 0 };
      },
      run: ({ fields, selection }) => {
        const times = fields.get(timestamps)!;
        const flags = fields.get(flag)!;
        const data = Uint8Array.from(selection.ends, (_, e) => {
          const time = Number(times.data[e * times.step]);
          if (flags.data[e * flags.step]) last = time;
          return time - last >= 0 && time - last < window ? 1 : 0;
        });
        return { kind: 'bool', data, step: 1 };
      },
    };
  },
};
