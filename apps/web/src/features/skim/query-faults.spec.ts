import { AppError } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { shownError } from '../../lib/api/errors';
import { faultIn, inWords, queryFaults } from './query-faults';

const fault = (path: string, message = 'no such column'): AppError =>
  new AppError('request.invalid', `run demo/1: ${path}: ${message}`, {
    issues: [{ path: `body.query.${path}`, message }],
  });

describe('what is wrong in a query', () => {
  it('stands at the field, with the number of the cut or column', () => {
    const faults = [...queryFaults(fault('cuts.1')), ...queryFaults(fault('cuts.1', 'no such column'))];
    expect(faultIn(faults, 'cuts')).toBe('Cut 2: no such column');
    expect(faultIn(faults, 'columns')).toBeUndefined();
    expect(faultIn(queryFaults(fault('columns.0')), 'columns')).toBe('Column 1: no such column');
    expect(faultIn(queryFaults(fault('tables.0', 'no channel fits')), 'channels')).toBe('no channel fits');
  });

  it('is that of the axis that was asked for', () => {
    expect(queryFaults(fault('axes.0'), 1)[0]?.field).toBe('across');
    expect(queryFaults(fault('axes.0'), 2)[0]?.field).toBe('up');
    expect(queryFaults(fault('axes.1'), 2)[0]?.field).toBe('across');
  });

  it('is said in the words of the form, and other faults as they are', () => {
    const shown = shownError(inWords(fault('cuts.2')));
    expect(shown.message).toBe('Cut 3: no such column. Mend it in the field Cuts.');
    expect(shown.issues).toEqual([]);
    expect(shownError(inWords(fault('cuts.0', 'did you mean a?'))).message).toMatch(/a\? Mend/);
    const other = new AppError('gone', 'the file is gone');
    expect(inWords(other)).toBe(other);
    expect(queryFaults(null)).toEqual([]);
  });
});
