import { AppError } from '@countroom/contracts';
import { shownError } from '../../lib/api/errors';

/** Fields of the form, as they are labelled. */
const labels = {
  columns: 'Columns',
  cuts: 'Cuts',
  channels: 'Channels',
  across: 'Across',
  up: 'Up',
} as const;
type QueryField = keyof typeof labels;

/** What is wrong in one field of the form. */
export interface QueryFault {
  readonly field: QueryField;
  /** Names the cut or column of the field: `Cut 2: …`. */
  readonly text: string;
}

const place = /^(?:(?:body|query)\.)?query\.(columns|cuts|tables|axes)\.(\d+)/;

/** What an answer says is wrong in the fields of the form; `axes` counts those that were asked for. */
export function queryFaults(error: unknown, axes = 0): readonly QueryFault[] {
  if (error === null || error === undefined) return [];
  return shownError(error).issues.flatMap(({ path, message }): QueryFault[] => {
    const [, part, digits] = place.exec(path) ?? [];
    const index = Number(digits);
    switch (part) {
      case 'columns':
        return [{ field: 'columns', text: `Column ${index + 1}: ${message}` }];
      case 'cuts':
        return [{ field: 'cuts', text: `Cut ${index + 1}: ${message}` }];
      case 'tables':
        return [{ field: 'channels', text: message }];
      case 'axes':
        // The one that goes up is asked for first.
        return [{ field: axes > 1 && index === 0 ? 'up' : 'across', text: message }];
      default:
        return [];
    }
  });
}

/** The text below a field; undefined when nothing is wrong in it. */
export function faultIn(faults: readonly QueryFault[], field: QueryField): string | undefined {
  const texts = new Set(faults.flatMap((fault) => (fault.field === field ? [fault.text] : [])));
  return texts.size === 0 ? undefined : [...texts].join('; ');
}

/** An error in the words of the form; the same when it is not about the form. */
export function inWords(error: unknown, axes = 0): unknown {
  const faults = queryFaults(error, axes);
  if (faults.length === 0) return error;
  const texts = faults.map(
    ({ field, text }) => `${text.replace(/(?<![.?!])$/, '.')} Mend it in the field ${labels[field]}.`,
  );
  return new AppError(shownError(error).code, texts.join(' '), { cause: error });
}
