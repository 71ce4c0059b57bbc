import { AppError } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { cutFault } from './cut-fault';

describe('the fault of a cut', () => {
  it('is known by its place', () => {
    const issues = [{ path: 'query.cut.9', message: 'there is no column x' }];
    const error = new AppError('request.invalid', 'The cut cannot be used', { issues });
    expect(cutFault(error)).toEqual({ reason: 'there is no column x', position: 9 });
  });

  it('is not what else went wrong', () => {
    expect(cutFault(null)).toBeNull();
    expect(cutFault(new AppError('gone', 'The file is gone'))).toBeNull();
    const issues = [{ path: 'query.cut', message: 'too long' }];
    expect(cutFault(new AppError('request.invalid', 'No', { issues }))).toBeNull();
  });
});
